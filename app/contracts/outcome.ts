/** What a SaaS's answer to one delivery means, whatever the dialect. `detail` is for people and carries no personal data. */
export type DeliveryOutcome =
  /** Taken. `saasId` is the SaaS's own id, where it gives one. */
  | { kind: 'delivered'; httpStatus: number; saasId?: string }
  /** The SaaS holds a newer revision. */
  | { kind: 'superseded'; httpStatus: number }
  /** Retrying the same bytes is pointless. */
  | { kind: 'rejected'; httpStatus: number; code: string; detail: string }
  /** A record that this one refers to must go first. */
  | { kind: 'waits'; httpStatus: number; code: string; detail: string }
  /** The address is wrong. */
  | { kind: 'misdirected'; httpStatus: number; code: string; detail: string }
  /** The key is wrong. */
  | { kind: 'unauthorised'; httpStatus: number | null; code: string; detail: string }
  /** The SaaS wants no calls for now. */
  | { kind: 'paused'; httpStatus: number; code: string; detail: string }
  /** No answer, or none that can be believed. `retryAfterMs` is what the SaaS asked for. */
  | { kind: 'unavailable'; httpStatus: number | null; code: string; detail: string; retryAfterMs?: number }
