import { guardedFetch, NOT_PUBLIC } from '../lib/guarded-fetch'
import { DAY_MS } from '../lib/time'
import { type SaasAnswer, type SaasRequest, type SaasSilence } from './dialect'

/** How much of an answer is read. */
const MAX_ANSWER_BYTES = 64 * 1024
/** How long a call may take in all. */
export const CALL_TIMEOUT_MS = 10_000
/** The longest wait that a SaaS is granted: what asks for more has made a mistake, and is asked again after a day. */
const MAX_RETRY_AFTER_MS = DAY_MS
/** The version of package.json; a test holds the two together. */
const USER_AGENT = 'Parity/0.1.0'

/** Who an address is from: the operator, whose network Parity is in, or a merchant. */
export type GivenBy = 'operator' | 'merchant'

/** Whom a call goes to, and what every call carries. */
export interface CallOptions {
  /** Base URL of the SaaS, without a slash at its end. */
  address: string
  apiKey: string
  /** Who gave the address: of a merchant's, only what is public is called (lib/guarded-fetch.ts). */
  givenBy: GivenBy
  /** The same for all tries of one send, and never for two different ones. */
  idempotencyKey: string
  /** W3C trace context, so that the SaaS's log can be joined with ours. */
  traceparent: string
  now: Date
  timeoutMs?: number
}

/** Makes one call and never throws: whatever happens is an answer or a silence. No redirect is followed. */
export async function callSaas(
  request: SaasRequest,
  options: CallOptions,
): Promise<SaasAnswer | SaasSilence> {
  const signal = AbortSignal.timeout(options.timeoutMs ?? CALL_TIMEOUT_MS)
  try {
    const call = options.givenBy === 'merchant' ? guardedFetch : fetch
    const response = await call(options.address + request.path, {
      method: request.method,
      headers: {
        'content-type': 'application/json',
        accept: 'application/json',
        'user-agent': USER_AGENT,
        ...request.headers,
        authorization: `Bearer ${options.apiKey}`,
        'idempotency-key': options.idempotencyKey,
        traceparent: options.traceparent,
      },
      body: request.body,
      redirect: 'manual',
      signal,
    })
    const retryAfterMs = readRetryAfter(response.headers.get('retry-after'), options.now)
    return { kind: 'answer', status: response.status, ...(await readCapped(response)), retryAfterMs }
  } catch (error) {
    return silenceOf(error)
  }
}

/** `Retry-After` as milliseconds from now: seconds or an HTTP date, a day at most; null when absent or unreadable. */
export function readRetryAfter(header: string | null, now: Date): number | null {
  if (header === null) return null
  const isSeconds = /^\d+$/.test(header.trim())
  const wait = isSeconds ? Number(header) * 1000 : Date.parse(header) - now.getTime()
  return Number.isNaN(wait) ? null : Math.min(Math.max(0, wait), MAX_RETRY_AFTER_MS)
}

async function readCapped(response: Response): Promise<{ text: string; truncated: boolean }> {
  const chunks: Uint8Array[] = []
  let size = 0
  if (response.body) {
    for await (const chunk of response.body) {
      chunks.push(chunk)
      size += chunk.byteLength
      if (size > MAX_ANSWER_BYTES) break
    }
  }
  const text = Buffer.concat(chunks).subarray(0, MAX_ANSWER_BYTES).toString('utf8')
  return { text, truncated: size > MAX_ANSWER_BYTES }
}

const SILENCES: Record<string, { code: string; detail: string }> = {
  ECONNREFUSED: { code: 'CONNECTION_REFUSED', detail: 'Nothing listens at the address of the SaaS.' },
  ECONNRESET: { code: 'CONNECTION_RESET', detail: 'The SaaS broke the connection off.' },
  UND_ERR_SOCKET: { code: 'CONNECTION_RESET', detail: 'The SaaS broke the connection off.' },
  EPIPE: { code: 'CONNECTION_RESET', detail: 'The SaaS broke the connection off.' },
  ENOTFOUND: { code: 'DNS', detail: 'The name of the SaaS is not known (DNS).' },
  EAI_AGAIN: { code: 'DNS', detail: 'The name of the SaaS could not be looked up (DNS).' },
  UND_ERR_CONNECT_TIMEOUT: { code: 'TIMEOUT', detail: 'The SaaS did not accept a connection in time.' },
  UND_ERR_HEADERS_TIMEOUT: { code: 'TIMEOUT', detail: 'The SaaS did not answer in time.' },
  UND_ERR_BODY_TIMEOUT: { code: 'TIMEOUT', detail: 'The SaaS did not finish its answer in time.' },
  [NOT_PUBLIC]: {
    code: 'NOT_PUBLIC',
    detail: 'The address of the SaaS leads into a network that is not public, where Parity does not go.',
  },
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: { code: 'CUT_OFF', detail: 'The answer of the SaaS was cut off.' },
}

function silenceOf(error: unknown): SaasSilence {
  if (error instanceof Error && error.name === 'TimeoutError') {
    return { kind: 'silence', code: 'TIMEOUT', detail: 'The SaaS did not answer in time.' }
  }
  const code = systemCode(error)
  const known = SILENCES[code]
  if (known) return { kind: 'silence', ...known }
  if (/CERT|TLS|SSL/.test(code)) {
    return { kind: 'silence', code: 'TLS', detail: 'The certificate of the SaaS could not be trusted (TLS).' }
  }
  return { kind: 'silence', code: 'NETWORK', detail: 'The SaaS could not be reached.' }
}

/** The code of the innermost cause that has one: fetch wraps what the socket said. */
function systemCode(error: unknown): string {
  if (!(error instanceof Error)) return ''
  const own = 'code' in error && typeof error.code === 'string' ? error.code : ''
  return systemCode(error.cause) || own
}
