/**
 * An error that crosses a stage.
 *
 * `code` is stable and for machines, `message` is for the log, `userMessage` is a sentence that a merchant can act on.
 * None of them carries a secret or personal data.
 */
export class ParityError extends Error {
  readonly code: string
  readonly userMessage: string

  constructor(code: string, options: { message: string; userMessage: string; cause?: unknown }) {
    super(options.message, options.cause === undefined ? undefined : { cause: options.cause })
    this.name = 'ParityError'
    this.code = code
    this.userMessage = options.userMessage
  }
}

/** Whatever was thrown, as an Error. */
export function toError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown))
}
