import { setTimeout as pause } from 'node:timers/promises'

const PATIENCE_MS = 20_000

/** Waits until `look` finds something. @throws Error naming what was waited for. */
export async function until<T>(
  what: string,
  look: () => Promise<T | null | undefined | false> | T | null | undefined | false,
): Promise<T> {
  const end = Date.now() + PATIENCE_MS
  for (;;) {
    const found = await look()
    if (found) return found
    if (Date.now() > end) throw new Error(`Waited in vain until ${what}.`)
    await pause(50)
  }
}
