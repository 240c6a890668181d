import { spawnSync } from 'node:child_process'
import process from 'node:process'
import { z } from 'zod'

/**
 * `npm run shopify:check`: what Shopify's own command line says of the app, without a login. It builds the extensions
 * and reads the configuration (`app build`), then looks for what app review refuses (`app doctor`). Any finding fails.
 */
const QUIET = {
  // No upgrade of its own, no notifications, no prompts; no usage data.
  CI: '1',
  SHOPIFY_CLI_NO_ANALYTICS: '1',
  OPT_OUT_INSTRUMENTATION: '1',
}

/** As much of the doctor's report as matters here. */
const Report = z.object({
  scan: z.object({
    issues: z.array(
      z.object({ id: z.string(), severity: z.string(), title: z.string(), message: z.string() }),
    ),
  }),
})

const built = shopify(['app', 'build', '--skip-dependencies-installation'], 'inherit')
if (built.status !== 0) process.exit(built.status ?? 1)

const examined = shopify(['app', 'doctor', '--json', '--blocking', 'medium', '--skip-instructions'], 'pipe')
const issues = readIssues(examined.stdout)
for (const { id, severity, title, message } of issues)
  console.error(`${severity} ${id}: ${title}\n  ${message}`)
if (issues.length > 0) process.exit(1)
if (examined.status !== 0) {
  console.error(examined.stderr)
  process.exit(examined.status ?? 1)
}
console.log('shopify app build and shopify app doctor found nothing.')

function shopify(args: string[], stdout: 'inherit' | 'pipe') {
  const result = spawnSync('shopify', args, {
    env: { ...process.env, ...QUIET },
    stdio: ['ignore', stdout, stdout],
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  })
  if (result.error) throw result.error
  return result
}

function readIssues(json: string) {
  try {
    return Report.parse(JSON.parse(json)).scan.issues
  } catch {
    console.error('shopify app doctor did not write a report:')
    console.error(json, examined.stderr)
    process.exit(1)
  }
}
