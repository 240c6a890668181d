/** What is put in the place of what is not shown. */
const HIDDEN = '•••'
/** How much of a value is shown. */
const SHOWN = 2

/**
 * The shape of a value that a person may recognise and nobody can read: "jo•••@•••.com" for an address of e-mail, "+5•••" for a number; how
 * many there are of a list; a few digits of a hash. Null for nothing.
 */
export function maskValue(value: unknown): string | null {
  if (value === null || value === undefined || value === '') return null
  if (Array.isArray(value)) return value.length === 0 ? null : `${HIDDEN} × ${value.length}`
  if (typeof value !== 'string') return HIDDEN
  if (/^[0-9a-f]{64}$/.test(value)) return `${value.slice(0, 6)}…`
  const [name = '', host] = value.split('@')
  if (host === undefined || host === '') return start(value)
  const dot = host.lastIndexOf('.')
  return `${start(name)}@${HIDDEN}${dot > 0 ? host.slice(dot) : ''}`
}

/** Never more than half of it. */
function start(text: string): string {
  const letters = [...text]
  return letters.slice(0, Math.min(SHOWN, Math.floor(letters.length / 2))).join('') + HIDDEN
}
