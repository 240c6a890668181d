/** The codes of an error answer, each with its HTTP status. */
export const ERROR_STATUS = {
  VALIDATION_ERROR: 400,
  UNAUTHORIZED: 401,
  NOT_FOUND: 404,
  METHOD_NOT_ALLOWED: 405,
  PAYLOAD_TOO_LARGE: 413,
  RATE_LIMITED: 429,
  SYNC_ERROR: 500,
} as const

/** A code of an error answer. */
export type ErrorCode = keyof typeof ERROR_STATUS

/** A request that cannot be served. The message goes to the caller, so it carries nothing of the caller's data. */
export class Refusal extends Error {
  readonly code: ErrorCode
  readonly headers: Record<string, string>

  constructor(code: ErrorCode, message: string, headers: Record<string, string> = {}) {
    super(message)
    this.name = 'Refusal'
    this.code = code
    this.headers = headers
  }
}

/** 200 with `{"success":true,"data":…}`. */
export function success(data: object): Response {
  return Response.json({ success: true, data })
}

/** The error envelope, with the status that belongs to its code. */
export function failure({ code, message, headers }: Refusal): Response {
  return Response.json({ success: false, error: { code, message } }, { status: ERROR_STATUS[code], headers })
}
