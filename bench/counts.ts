/** What a part has sent and called, and how much of it went wrong. */
export interface Counts {
  webhooks: number
  /** Webhooks whose answer was not 200, or that got none. */
  unacknowledged: number
  /** Calls that reached the SaaS with a record. */
  calls: number
  /** Of those, the ones that the SaaS was told to refuse. */
  refusedOnPurpose: number
  /** Of those, the ones that it should have taken and did not. */
  failed: number
}

export function newCounts(): Counts {
  return { webhooks: 0, unacknowledged: 0, calls: 0, refusedOnPurpose: 0, failed: 0 }
}

/** @throws Error when anything went wrong: a refusal is faster than a promise, so that its speed says nothing */
export function refuseErrors({ webhooks, unacknowledged, calls, failed }: Counts): void {
  if (unacknowledged > 0) throw new Error(`${unacknowledged} of ${webhooks} webhooks were not acknowledged.`)
  if (failed > 0) throw new Error(`${failed} of ${calls} calls to the SaaS failed.`)
}
