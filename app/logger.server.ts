import { pino, type Logger } from 'pino'
import { config } from './config.server'

export type { Logger }

/** Keys that never reach the log, wherever they stand. */
const SECRET_KEYS = [
  'authorization',
  'accessToken',
  'refreshToken',
  'apiKey',
  'secret',
  'email',
  'phone',
  'body',
  'payload',
]

/** A logger that writes one JSON line an entry to standard output, and censors what must not be read there. */
export function createLogger(level: string): Logger {
  return pino({
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    serializers: { err: describeError },
    redact: { paths: SECRET_KEYS.flatMap((key) => [key, `*.${key}`]), censor: '[hidden]' },
  })
}

/** An error without what a database quotes of the data at fault (SQLSTATE class 22 and 23), and without its parameters. */
function describeError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { message: String(error) }
  const code = 'code' in error ? String(error.code) : undefined
  const quotesData = code !== undefined && /^2[23]...$/.test(code)
  return {
    type: error.name,
    code,
    message: quotesData ? '[hidden]' : error.message,
    stack: quotesData ? undefined : error.stack,
    ...(error.cause === undefined ? {} : { cause: describeError(error.cause) }),
  }
}

let current: Logger | undefined

/** The logger of this process. @throws ConfigError */
export function logger(): Logger {
  current ??= createLogger(config().LOG_LEVEL)
  return current
}
