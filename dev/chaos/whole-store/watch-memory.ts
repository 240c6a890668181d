import { setTimeout as pause } from 'node:timers/promises'
import { type Fleet } from '../fleet'

const EVERY_MS = 1_000

/** The most that any worker held over a while, in bytes. */
export interface Memory {
  /** Of the machine's memory. */
  resident: number
  /** Of its heap. */
  heap: number
}

/** Asks the workers every second how much memory they hold, until `stop`. Who is down is not asked. */
export function watchMemory(fleet: Fleet): { stop(): Promise<Memory> } {
  const most: Memory = { resident: 0, heap: 0 }
  let isStopped = false
  const watching = (async () => {
    while (!isStopped) {
      for (const name of fleet.names('workers')) {
        const now = await ask(fleet.addressOf(name)).catch(() => most)
        most.resident = Math.max(most.resident, now.resident)
        most.heap = Math.max(most.heap, now.heap)
      }
      await pause(EVERY_MS)
    }
  })()
  return {
    async stop() {
      isStopped = true
      await watching
      return most
    },
  }
}

async function ask(address: string): Promise<Memory> {
  const answer = await fetch(`${address}/metrics`, { signal: AbortSignal.timeout(5_000) })
  const text = await answer.text()
  const gauge = (name: string) => Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1])
  return {
    resident: gauge('process_resident_memory_bytes'),
    heap: gauge('nodejs_heap_size_used_bytes'),
  }
}
