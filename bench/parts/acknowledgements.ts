import { acknowledgementLatencies } from '../measures/acknowledgement-latency'
import { measureRounds } from '../measures/measure-rounds'
import { finding, latencyReading, rateReading } from '../report/finding'
import { percentile, quotients } from '../statistics'
import { startBareInsert, startParity, startRemixVerify, type Subject } from '../subjects'
import { type Measured, type PartContext } from './part'

/** Durable acknowledgements a second against two limits, and how long one takes at half that load. */
export async function acknowledgements(context: PartContext): Promise<Measured> {
  const { options, counts } = context
  const subjects = await startSubjects(context)
  const rates = await measureRounds(subjects, options, counts)
  const [parity = [], remix = [], bare = []] = ['parity', 'remix', 'bare'].map(
    (name) => rates.get(name) ?? [],
  )

  const half = Math.round(percentile(parity, 0.5) / 2)
  const patient = subjects.filter(({ name }) => name !== 'remix')
  const latencies = await acknowledgementLatencies(patient, half, options, counts)
  const [own = [], limit = []] = ['parity', 'bare'].map((name) => latencies.get(name) ?? [])
  return {
    conditions: `${options.rounds} rounds of ${options.seconds} s for each, taking turns`,
    readings: [
      rateReading('Parity, role `web`: durable acknowledgements a second', parity),
      rateReading('an empty Remix action that only verifies with the SDK, a second', remix),
      rateReading('a bare node:http server with one INSERT a request, a second', bare),
      latencyReading(`Parity at half its load (${half} a second)`, own),
      latencyReading(`the bare server at ${half} a second`, limit),
    ],
    findings: [
      finding('acknowledgements-of-remix', quotients(parity, remix)),
      finding('acknowledgements-of-bare', quotients(parity, bare)),
      finding(
        'acknowledgement-p99',
        own.map(({ p99 }) => p99),
      ),
    ],
  }
}

async function startSubjects({ databases, stage }: PartContext): Promise<Subject[]> {
  const subjects: Subject[] = []
  stage.atEnd(() => Promise.all(subjects.map((subject) => subject.stop())))
  subjects.push(await startParity('parity', await databases.installed('parity')))
  subjects.push(await startRemixVerify())
  subjects.push(await startBareInsert(await databases.empty('bare')))
  return subjects
}
