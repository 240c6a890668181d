import { type SeenRequest } from '../evidence'

/** Every idempotency key that carried two different bodies, and every request that bore none. */
export function changedBodies(requests: readonly SeenRequest[]): string[] {
  const first = new Map<string, SeenRequest>()
  return requests.flatMap((request) => {
    const { idempotencyKey: key, sequence } = request
    if (request.records === 0) return []
    if (key === null) return [`request ${sequence} bore no idempotency key`]
    const before = first.get(key)
    if (!before) first.set(key, request)
    return before && before.text !== request.text
      ? [`request ${sequence} carried another body than request ${before.sequence} under the key ${key}`]
      : []
  })
}
