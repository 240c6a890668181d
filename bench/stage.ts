/** What a part puts up, and takes down when it is over, in the opposite order. */
export interface Stage {
  /** @param end is told whether the part failed */
  atEnd(end: (failed: boolean) => Promise<unknown>): void
  end(failed: boolean): Promise<void>
}

export function createStage(): Stage {
  const ends: ((failed: boolean) => Promise<unknown>)[] = []
  return {
    atEnd: (end) => void ends.push(end),
    async end(failed) {
      for (;;) {
        const end = ends.pop()
        if (!end) return
        await end(failed).catch((error: unknown) => console.error('Taking down failed:', error))
      }
    },
  }
}
