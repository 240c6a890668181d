import { createLogger, type Logger } from '~/logger.server'

/** A logger whose lines a test reads. */
export function keepLog(): { logger: Logger; lines: Record<string, unknown>[] } {
  const lines: Record<string, unknown>[] = []
  const write = (line: string) => void lines.push(JSON.parse(line) as Record<string, unknown>)
  return { logger: createLogger('info', { write }), lines }
}
