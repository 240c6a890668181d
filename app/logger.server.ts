import { type DestinationStream, pino, type Logger } from 'pino'
import { config } from './config.server'
import { hideSecrets } from './lib/hide-secrets'

export type { Logger }

/** A logger that writes one JSON line an entry to standard output, and hides what must not be read there. */
export function createLogger(level: string, destination?: DestinationStream): Logger {
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    serializers: { err: describeError },
    formatters: { log: hideSecrets },
  }
  return destination ? pino(options, destination) : pino(options)
}

/** An error without what it quotes of the data at fault (SQLSTATE classes 22 and 23, JSON that cannot be parsed), and without its parameters. */
function describeError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { message: String(error) }
  const code = 'code' in error ? String(error.code) : undefined
  const quotesData = error instanceof SyntaxError || (code !== undefined && /^2[23]...$/.test(code))
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
