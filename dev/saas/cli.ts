import { startSaas } from './start-saas'

/** `tsx dev/saas/cli.ts [port]`: a SaaS to drive by hand. */
const saas = await startSaas({ port: Number(process.argv[2] ?? 4300), batchLimit: 100 })
console.log(
  `SaaS at ${saas.url}; command it at ${saas.url}/__control/requests, /mirror, /misbehave, /behave, /reset`,
)
