import { ParityError } from './errors'

/** What is wrong with the fields of a form, by the field's name: a stable code each, such as `ADDRESS_NOT_HTTPS`. */
export type FieldFaults = Readonly<Record<string, string>>

/** A form that was refused because of what stands in its fields. Nothing of what stood there is in it. */
export class FieldError extends ParityError {
  readonly fields: FieldFaults

  constructor(
    fields: FieldFaults,
    { code = 'FIELDS_INVALID', cause }: { code?: string; cause?: unknown } = {},
  ) {
    const words = `This cannot be done as it was asked for. To be corrected: ${Object.keys(fields).join(', ')}.`
    super(code, { message: words, userMessage: words, cause })
    this.fields = fields
  }
}
