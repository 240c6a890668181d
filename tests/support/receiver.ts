import { type Resource } from '~/contracts/resource'
import { createReceiver, type Receiver } from '~/receiver/receiver'
import { type Database } from '~/db.server'

/** A tenant of a receiver, as a SaaS's client sees it. */
export interface ReceiverClient {
  key: string
  send(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>
  post(path: string, body: unknown): Promise<Answer>
  get(path: string): Promise<Answer>
}

/** An answer, with a body of which each test knows the shape. */
export interface Answer {
  status: number
  headers: Headers
  body: { success: boolean; data: never; error: { code: string; message: string } } & Record<string, unknown>
}

const ORIGIN = 'https://receiver.example'

/** Speaks to a receiver with a new key of a tenant. Text and bytes travel as they are, anything else as JSON. */
export async function receiverClient(
  receiver: Receiver,
  store = 'toys.myshopify.com',
): Promise<ReceiverClient> {
  const key = await receiver.issueKey(store)
  const send: ReceiverClient['send'] = (method, path, body, headers) =>
    sendTo(receiver, method, path, body, { Authorization: `Bearer ${key}`, ...headers })
  return {
    key,
    send,
    post: (path, body) => send('POST', path, body),
    get: (path) => send('GET', path),
  }
}

/** Sends one request without a key. */
export async function sendTo(
  receiver: Receiver,
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const init: RequestInit = { method, headers }
  if (body !== undefined)
    init.body =
      typeof body === 'string' || body instanceof Uint8Array ? (body as BodyInit) : JSON.stringify(body)
  const response = await receiver.handle(new Request(`${ORIGIN}${path}`, init))
  return {
    status: response.status,
    headers: response.headers,
    body: (await response.json()) as Answer['body'],
  }
}

/** A receiver with a clock that stands still until a test moves it. */
export function receiverAt(db: Database, time = '2026-11-21T12:00:00.000Z') {
  const now = { value: new Date(time) }
  const failures: Error[] = []
  const receiver = createReceiver({ db, clock: () => now.value, onFailure: (error) => failures.push(error) })
  return { receiver, now, failures }
}

/** An event of the shared sync schema. */
export function sharedEvent(
  resource: Resource,
  data: { external_id: string; revision?: number } & Record<string, unknown>,
  action = 'updated',
) {
  return {
    resource,
    action,
    data: {
      schema_version: 1,
      source: 'shopify',
      store: 'toys.myshopify.com',
      version: '2026-11-21T11:59:59Z',
      revision: 1,
      ...data,
    },
  }
}

/** An event that says that a record is gone. */
export function deletionEvent(resource: Resource, external_id: string, revision: number) {
  return sharedEvent(resource, { external_id, revision, deleted_at: '2026-11-21T11:59:59Z' }, 'deleted')
}

/** Reads what the receiver holds of a tenant's record, past the API. */
export async function heldRecord(db: Database, tenant: string, resource: Resource, externalId: string) {
  const table = `Mirror${resource[0]!.toUpperCase()}${resource.slice(1)}`
  const [row] = await db.query<{
    source: string
    store: string
    revision: string
    version: string | null
    body: Record<string, unknown>
    deletedAt: string | null
  }>(
    `SELECT held.* FROM "${table}" AS held JOIN "MirrorStore" AS store ON store."id" = held."storeId"
     WHERE store."name" = $1 AND held."externalId" = $2`,
    [tenant, externalId],
  )
  return row
}
