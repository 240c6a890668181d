import { existsSync, readFileSync } from 'node:fs'

// Prints how many tests passed and failed, from the JSON report of Vitest. A file that could not be run counts as a failure.
const [report] = process.argv.slice(2)
const files = existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')).testResults : []
const count = (status) =>
  files.flatMap(({ assertionResults }) => assertionResults).filter((test) => test.status === status).length
const broken = files.filter(
  ({ status, assertionResults }) =>
    status === 'failed' && !assertionResults.some((test) => test.status === 'failed'),
).length

console.log(`${count('passed')} passed, ${count('failed') + broken} failed`)
