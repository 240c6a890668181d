import { type z } from 'zod'

/** A body that cannot be understood: which field, and what is wrong with it. Carries no value of the body. */
export class UnmappableBody extends Error {
  constructor(field: string, problem: string) {
    super(field === '' ? `The body ${problem}.` : `The field ${field} ${problem}.`)
    this.name = 'UnmappableBody'
  }
}

/** The first problem that a schema found, named after its field. */
export function toUnmappableBody(error: z.ZodError): UnmappableBody {
  const [issue] = error.issues
  return new UnmappableBody(issue?.path.join('.') ?? '', issue?.message ?? 'cannot be understood')
}
