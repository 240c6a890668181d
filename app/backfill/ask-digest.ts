import { randomBytes, randomUUID } from 'node:crypto'
import { type Access } from '../delivery/resolve-access'
import { callSaas } from '../saas/call-saas'
import {
  type DigestDialect,
  type DigestQuery,
  type DigestSummary,
  type HeldRecord,
  type SaasAnswer,
  type SaasRequest,
} from '../saas/dialect'
import { ParityError } from '../lib/errors'
import { setTimeout as pause } from 'node:timers/promises'

/** A SaaS that differs everywhere is not asked about everything in one night: what was found is sent again, the rest the next time. */
const MOST_SUMMARIES = 2_000
/** How often a question is repeated that the SaaS cannot answer now. */
const TRIES = 4
const PATIENCE_MS = 60_000

/** What a SaaS says of a prefix, and of the sixteen that are one digit longer. */
export interface Summaries {
  whole: Omit<DigestSummary, 'prefix'>
  children: DigestSummary[]
}

/** Questions to a SaaS about what it holds. */
export interface DigestQuestions {
  /** The summaries of a prefix; null when the SaaS offers no digest. */
  summaries(prefix: string): Promise<Summaries | null>
  /** The records under a prefix. @throws ParityError when the SaaS does not tell */
  rows(prefix: string): Promise<HeldRecord[]>
}

export interface AskDigestOptions {
  dialect: DigestDialect
  access: Extract<Access, { kind: 'address' }>
  about: Omit<DigestQuery, 'prefix'>
  now: () => Date
  signal: AbortSignal
}

/** Opens the questions about one resource. All throw ParityError `DIGEST_UNAVAILABLE` when the SaaS cannot be asked, and an AbortError when they are to end. */
export function askDigest({ dialect, access, about, now, signal }: AskDigestOptions): DigestQuestions {
  let asked = 0
  const ask = (request: SaasRequest) => askPatiently(request, { access, now, signal })
  const rows = async (prefix: string): Promise<HeldRecord[]> => {
    const held = dialect.rows(await ask(dialect.rowsRequest({ ...about, prefix })))
    if (held) return held
    // Too many for one answer: by the next digit.
    if (prefix.length >= 6) throw unavailable('it does not tell what it holds')
    const parts: HeldRecord[] = []
    for (const digit of '0123456789abcdef') parts.push(...(await rows(prefix + digit)))
    return parts
  }

  return {
    async summaries(prefix) {
      asked += 1
      if (asked > MOST_SUMMARIES) throw unavailable('more of its records differ than are looked at in one go')
      const answer = await ask(dialect.request({ ...about, prefix }))
      if ([404, 405, 501].includes(answer.status)) return null
      const summaries = dialect.summaries(answer)
      if (!summaries) throw unavailable(`its answer was not understood (status ${answer.status})`)
      return summaries
    },
    rows,
  }
}

/** A SaaS that is busy, or silent for a moment, is asked again. */
async function askPatiently(
  request: SaasRequest,
  { access, now, signal }: Pick<AskDigestOptions, 'access' | 'now' | 'signal'>,
): Promise<SaasAnswer> {
  for (let attempt = 1; ; attempt += 1) {
    signal.throwIfAborted()
    const answer = await callSaas(request, {
      ...access,
      idempotencyKey: randomUUID(),
      traceparent: `00-${randomBytes(16).toString('hex')}-${randomBytes(8).toString('hex')}-01`,
      now: now(),
    })
    const isBusy = answer.kind === 'silence' || answer.status === 429 || answer.status >= 502
    if (!isBusy && answer.kind === 'answer') return answer
    if (attempt === TRIES) throw unavailable('it does not answer')
    const asked = answer.kind === 'answer' ? (answer.retryAfterMs ?? 0) : 0
    await pause(Math.min(PATIENCE_MS, Math.max(asked, 250 * 2 ** attempt)), undefined, { signal })
  }
}

function unavailable(why: string): ParityError {
  return new ParityError('DIGEST_UNAVAILABLE', {
    message: `the SaaS could not be compared: ${why}`,
    userMessage: `What the SaaS holds could not be compared: ${why}. It is tried again tomorrow.`,
  })
}
