/** Names of values that are secret or personal, without regard to case and to `-` and `_` in them. */
const SECRET = /authorization|token|secret|password|cookie|apikey|hmac|email|phone|^body$|^payload$/

/** A copy for the log, with what is secret or personal by its name replaced, however deep it stands. */
export function hideSecrets(entry: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(entry).map(([key, value]) => [key, isSecret(key) ? '[hidden]' : hide(value)]),
  )
}

function hide(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(hide)
  return isPlain(value) ? hideSecrets(value) : value
}

/** Errors, dates and the like describe themselves. */
function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype
}

function isSecret(key: string): boolean {
  return SECRET.test(key.toLowerCase().replace(/[-_]/g, ''))
}
