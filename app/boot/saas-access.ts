import { type Config } from '../config.server'
import { type AccessOptions } from '../delivery/resolve-access'
import { type Sealer } from '../lib/sealing'

/** How the SaaS of any shop is reached. */
export function accessOptions({ sealer }: { sealer: Sealer }, env: Config): AccessOptions {
  return { sealer, environmentKey: () => env.SAAS_API_KEY, builtInAddress: builtInAddress(env) }
}

/** Where the built-in receiver listens: this process's own port, or the app's address for a process that only works jobs. */
function builtInAddress({ PARITY_ROLE, SHOPIFY_APP_URL, HOST, PORT }: Config): string {
  if (PARITY_ROLE === 'worker') return SHOPIFY_APP_URL
  const anyAddress = HOST === '0.0.0.0' || HOST === '::'
  const host = anyAddress ? '127.0.0.1' : HOST.includes(':') ? `[${HOST}]` : HOST
  return `http://${host}:${PORT}`
}
