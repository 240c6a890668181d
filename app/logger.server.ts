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
    redact: { paths: SECRET_KEYS.flatMap((key) => [key, `*.${key}`]), censor: '[hidden]' },
  })
}

let current: Logger | undefined

/** The logger of this process. @throws ConfigError */
export function logger(): Logger {
  current ??= createLogger(config().LOG_LEVEL)
  return current
}
