import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { buildApp } from '../dev/build-app'
import { type startApp } from '../dev/run-app'
import { startDatabases } from './bench-database'
import { newCounts } from './counts'
import { measureRounds } from './measures/measure-rounds'
import { inWords } from './report/finding'
import { quotients, spread } from './statistics'
import { startParity, type Subject } from './subjects'

/**
 * `npm run bench:compare -- <checkout> [rounds] [seconds]`: acknowledgements a second of this checkout against those of another one,
 * side by side in one run, so that a change can be judged on a machine that others use. The other one must have been built.
 */
const [checkout, rounds = '7', seconds = '4'] = process.argv.slice(2)
if (checkout === undefined) throw new Error('Name the folder of the other checkout.')
const runApp = pathToFileURL(resolve(checkout, 'dev/run-app.ts')).href
const other = (await import(runApp)) as { startApp: typeof startApp }

await buildApp()
const databases = await startDatabases()
const subjects: Subject[] = []
try {
  subjects.push(await startParity('this', await databases.installed('this')))
  subjects.push(await startParity('other', await databases.installed('other'), other.startApp))
  const rates = await measureRounds(
    subjects,
    { rounds: Number(rounds), seconds: Number(seconds) },
    newCounts(),
  )
  for (const [name, values] of rates) console.log(`${name}: ${inWords(spread(values), 0, ' a second')}`)
  console.log(
    `this / other: ${inWords(spread(quotients(rates.get('this') ?? [], rates.get('other') ?? [])), 3)}`,
  )
} finally {
  await Promise.all(subjects.map((subject) => subject.stop()))
  await databases.stop()
}
