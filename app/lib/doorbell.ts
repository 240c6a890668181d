/** Something to wait at. A ring while nobody waits is not lost: the next who waits goes on at once. */
export interface Doorbell {
  ring(): void
  /** Resolves at the next ring (true), or when the time is over (false). */
  wait(ms: number): Promise<boolean>
}

/** A doorbell that nobody has rung yet. */
export function createDoorbell(): Doorbell {
  let isRung = false
  let answer: (() => void) | undefined

  return {
    ring() {
      isRung = true
      answer?.()
    },
    wait(ms) {
      return new Promise((resolve) => {
        const end = () => {
          clearTimeout(timer)
          answer = undefined
          resolve(isRung)
          isRung = false
        }
        const timer = setTimeout(end, ms)
        answer = end
        if (isRung) end()
      })
    },
  }
}
