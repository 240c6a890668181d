import { Refusal } from './answer'
import { type Endpoint } from './endpoint'
import { batch } from './endpoints/batch'
import { customersDelete } from './endpoints/customers-delete'
import { customersSync } from './endpoints/customers-sync'
import { digest, digestRows } from './endpoints/digest'
import { fullSyncs } from './endpoints/full-sync'
import { logs } from './endpoints/logs'
import { openApi } from './endpoints/openapi'
import { status } from './endpoints/status'
import { webhook } from './endpoints/webhook'

const SERVED: Endpoint[] = [
  webhook,
  batch,
  ...fullSyncs,
  status,
  digest,
  digestRows,
  logs,
  customersSync,
  customersDelete,
]
const ROUTES = [...SERVED, openApi(SERVED)].map((endpoint) => ({
  endpoint,
  pattern: patternOf(endpoint.path),
}))

/**
 * Finds the endpoint of a request.
 *
 * @throws Refusal `NOT_FOUND`, or `METHOD_NOT_ALLOWED` naming the methods that the path has
 */
export function route(method: string, path: string): { endpoint: Endpoint; params: Record<string, string> } {
  const matches = ROUTES.flatMap(({ endpoint, pattern }) => {
    const match = pattern.exec(path)
    return match ? [{ endpoint, params: decoded(match.groups ?? {}) }] : []
  })
  if (matches.length === 0) throw new Refusal('NOT_FOUND', 'There is nothing at this address.')

  const wanted = method === 'HEAD' ? 'GET' : method
  const found = matches.find(({ endpoint }) => endpoint.method === wanted)
  if (found) return found

  const allowed = matches.map(({ endpoint }) => endpoint.method).join(', ')
  throw new Refusal('METHOD_NOT_ALLOWED', `This address takes ${allowed} only.`, { Allow: allowed })
}

function patternOf(path: string): RegExp {
  return new RegExp(`^${path.replaceAll('.', '\\.').replace(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`)
}

function decoded(groups: Record<string, string>): Record<string, string> {
  try {
    return Object.fromEntries(Object.entries(groups).map(([name, text]) => [name, decodeURIComponent(text)]))
  } catch {
    throw new Refusal('NOT_FOUND', 'The address is not well formed.')
  }
}
