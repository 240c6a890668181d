import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

const EVERY_MS = 50
const COLLECT_EVERY_MS = 2_000
const BYTES = 1e6

/** The most that this process held over a while, in MB. */
export interface OwnMemory {
  resident: number
  /** In use right after a collection. */
  heap: number
}

/**
 * Watches this process's own memory until it is stopped.
 *
 * @param collects whether what is not in use is collected every two seconds, and not only at the end
 */
export function watchOwnMemory(collects: boolean): { stop(): OwnMemory } {
  const collect = collector()
  const most = { resident: 0, heap: 0 }
  const look = () => (most.resident = Math.max(most.resident, process.memoryUsage.rss()))
  const lookAtHeap = () => {
    collect()
    most.heap = Math.max(most.heap, process.memoryUsage().heapUsed)
  }
  const timers = [setInterval(look, EVERY_MS)]
  if (collects) timers.push(setInterval(lookAtHeap, COLLECT_EVERY_MS))
  return {
    stop() {
      for (const timer of timers) clearInterval(timer)
      look()
      lookAtHeap()
      return { resident: most.resident / BYTES, heap: most.heap / BYTES }
    },
  }
}

/** Node's own, which is hidden unless a flag is set. */
function collector(): () => void {
  setFlagsFromString('--expose-gc')
  return runInNewContext('gc') as () => void
}
