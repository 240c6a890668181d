import { setTimeout as pause } from 'node:timers/promises'

/** Generous: a loaded machine is slow, and whoever waits in vain waits once. */
const PATIENCE_MS = 60_000

/** Waits until `look` finds something. @throws Error naming what was waited for. */
export async function until<T>(
  what: string,
  look: () => Promise<T | null | undefined | false> | T | null | undefined | false,
  patienceMs = PATIENCE_MS,
): Promise<T> {
  const end = Date.now() + patienceMs
  for (;;) {
    const found = await look()
    if (found) return found
    if (Date.now() > end) throw new Error(`Waited in vain until ${what}.`)
    await pause(50)
  }
}
