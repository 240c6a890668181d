import { type z } from 'zod'

/** The first few are enough to act on. */
const NAMED_FAULTS = 5

/** What is wrong with a value, field by field: "data.revision is missing; data.items[0].total must be a decimal string". */
export function describeFaults(error: z.ZodError, input: unknown, prefix = ''): string {
  const faults = error.issues.map((issue) => {
    const path = issue.path.reduce<string>(appendStep, prefix) || 'the body'
    if (at(input, issue.path) === undefined) return `${path} is missing`
    return issue.message.startsWith('must ') ? `${path} ${issue.message}` : `${path}: ${issue.message}`
  })
  return [...new Set(faults)].slice(0, NAMED_FAULTS).join('; ')
}

function appendStep(path: string, step: PropertyKey): string {
  if (typeof step === 'number') return `${path}[${step}]`
  return path === '' ? String(step) : `${path}.${String(step)}`
}

function at(input: unknown, path: PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, step) =>
      value === null || value === undefined ? value : (value as Record<PropertyKey, unknown>)[step],
    input,
  )
}
