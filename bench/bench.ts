import { parseArgs } from 'node:util'
import { buildApp } from '../dev/build-app'
import { type BenchDatabases, startDatabases } from './bench-database'
import { acknowledgementLatency } from './measures/acknowledgement-latency'
import { deliveryLatency } from './measures/delivery-latency'
import { measureRounds, type Rounds } from './measures/measure-rounds'
import { acknowledgementFindings, latencyFinding, deliveryFindings, rateReadings } from './report/judge'
import { type Results, showResults, writeReport } from './report/write-report'
import { percentile } from './statistics'
import { startBareInsert, startParity, startRemixVerify, type Subject } from './subjects'

/**
 * `npm run bench`: measures the design's numbers for intake and delivery against limits measured in the same run, and writes
 * docs/benchmarks.md. `--check` makes a number that is not reached a failure. `--rounds`, `--seconds`.
 */
const { values: options } = parseArgs({
  options: {
    check: { type: 'boolean', default: false },
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '4' },
  },
})
const rounds: Rounds = { rounds: Number(options.rounds), seconds: Number(options.seconds) }

await buildApp()
const databases = await startDatabases()
const results = await measure(databases, rounds).finally(() => databases.stop())
showResults(results)
await writeReport(results)
const isMissed = results.findings.some(({ isReached }) => !isReached)
process.exit(options.check && isMissed ? 1 : 0)

async function measure(from: BenchDatabases, rounds: Rounds): Promise<Results> {
  const acknowledged = await measureAcknowledgements(from, rounds)
  console.log('Webhook to SaaS …')
  const delivered = await deliveryLatency(await from.installed('delivery'), rounds)
  return {
    ...rounds,
    readings: acknowledged.readings,
    findings: [...acknowledged.findings, ...deliveryFindings(delivered)],
  }
}

async function measureAcknowledgements(
  from: BenchDatabases,
  rounds: Rounds,
): Promise<Pick<Results, 'readings' | 'findings'>> {
  const subjects: Subject[] = []
  try {
    const parity = await startParity('parity', await from.installed('parity'))
    subjects.push(parity)
    subjects.push(await startRemixVerify())
    subjects.push(await startBareInsert(await from.empty('bare')))

    console.log('Acknowledgements a second …')
    const rates = await measureRounds(subjects, rounds)
    console.log('Acknowledgements at half that load …')
    const half = Math.round(percentile(rates.get('parity') ?? [], 0.5) / 2)
    const latencies = await acknowledgementLatency(parity, half, rounds)
    return {
      readings: rateReadings(rates),
      findings: [...acknowledgementFindings(rates), latencyFinding(latencies, half)],
    }
  } finally {
    await Promise.all(subjects.map((subject) => subject.stop()))
  }
}
