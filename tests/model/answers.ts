import { type DeliveryOutcome } from '~/contracts/outcome'

/** How the SaaS deals with a call: what it answers, and whether it took what the call carried. */
export interface Answer {
  /** What Parity is to make of it; `superseded` comes by itself, where the SaaS holds a newer revision. */
  means: Exclude<DeliveryOutcome['kind'], 'superseded'>
  /** `later`: the caller is gone when it takes it. */
  takes: 'now' | 'later' | 'never'
  /** An HTTP status; null when the connection ends without one. */
  status: number | null
  /** Sent as it is; what a SaaS would say unless given. */
  text?: string
  headers?: Record<string, string>
}

const takes: Answer = { means: 'delivered', takes: 'now', status: 200 }
const rejects = (status: number): Answer => ({ means: 'rejected', takes: 'never', status })
const misdirects = (status: number): Answer => ({ means: 'misdirected', takes: 'never', status })
const fails = (status: number, more: Partial<Answer> = {}): Answer => ({
  means: 'unavailable',
  takes: 'never',
  status,
  ...more,
})

/** The table of what an answer means, played: by the name that a failing run prints. */
export const ANSWERS = {
  takes,
  skips: rejects(200),
  'refuses with 400': rejects(400),
  'refuses with 409': rejects(409),
  'refuses with 413': rejects(413),
  'refuses with 415': rejects(415),
  'refuses with 422': rejects(422),
  'redirects with 302': rejects(302),
  'wants a parent first': { means: 'waits', takes: 'never', status: 422 },
  'is not there: 404': misdirects(404),
  'is not there: 405': misdirects(405),
  'is not there: 410': misdirects(410),
  'refuses the key: 401': { means: 'unauthorised', takes: 'never', status: 401 },
  'refuses the key: 403': { means: 'unauthorised', takes: 'never', status: 403 },
  'is paused: 402': { means: 'paused', takes: 'never', status: 402 },
  'is paused: 423': { means: 'paused', takes: 'never', status: 423 },
  'asks for patience: 408': fails(408),
  'asks for patience: 425': fails(425),
  'asks for patience: 429': fails(429, { headers: { 'retry-after': '7' } }),
  'fails with 500': fails(500),
  'fails with 503': fails(503, { headers: { 'retry-after': '90' } }),
  'takes it and fails with 504': fails(504, { takes: 'now' }),
  'takes nothing and babbles': fails(200, { text: 'null' }),
  'takes it and babbles': fails(200, { takes: 'now', text: '<html>Welcome</html>' }),
  'takes it and stops midway': fails(200, { takes: 'now', text: '{"success":true,"da' }),
  'takes it, and its answer is lost': { means: 'unavailable', takes: 'now', status: null },
  'never gets it': { means: 'unavailable', takes: 'never', status: null },
  'takes it when the caller is gone': { means: 'unavailable', takes: 'later', status: null },
} as const satisfies Record<string, Answer>

export type AnswerName = keyof typeof ANSWERS
