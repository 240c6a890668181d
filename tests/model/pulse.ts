/** Tells whoever waits that something has happened, so that they look again. */
export interface Pulse {
  beat(): void
  /** Resolves as soon as it holds. @throws Error naming what was waited for, when it does not for long */
  until(what: string, holds: () => boolean): Promise<void>
}

const PATIENCE_MS = 30_000

export function createPulse(): Pulse {
  const looks = new Set<() => void>()

  return {
    beat() {
      for (const look of looks) look()
    },
    until: (what, holds) =>
      new Promise((resolve, reject) => {
        const fail = () => end(() => reject(new Error(`Waited in vain until ${what}.`)))
        const timer = setTimeout(fail, PATIENCE_MS)
        const look = () => holds() && end(resolve)
        const end = (then: () => void) => {
          clearTimeout(timer)
          looks.delete(look)
          then()
        }
        looks.add(look)
        look()
      }),
  }
}
