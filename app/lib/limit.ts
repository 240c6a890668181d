/** Makes a gate that lets at most `most` pieces of work run at once; the others wait in the order of their calls. */
export function limit(most: number): <T>(work: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = []
  let running = 0

  return async (work) => {
    if (running >= most) await new Promise<void>((go) => waiting.push(go))
    else running++
    try {
      return await work()
    } finally {
      const next = waiting.shift()
      // The place is handed over, so that nobody can slip in between.
      if (next) next()
      else running--
    }
  }
}
