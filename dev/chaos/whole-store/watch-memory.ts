import { setTimeout as pause } from 'node:timers/promises'
import { type Fleet } from '../fleet'

const EVERY_MS = 1_000
/** Of a shorter while nothing can be said: a heap rises until it is collected. */
const FEWEST_SAMPLES = 20

/** What a worker held at one moment, in bytes. */
interface Sample {
  at: number
  resident: number
  heap: number
}

/** The memory of the workers over a while. */
export interface Memory {
  /** The most that any of them held, in bytes. */
  resident: number
  /** By how many bytes the heap of a worker lay higher in the last third of the while than in the first, at its lowest; null for a short while. */
  growth: number | null
}

/** Asks the workers every second how much memory they hold, until `stop`. Who is down is not asked. */
export function watchMemory(fleet: Fleet): { stop(): Promise<Memory> } {
  const samples = new Map<string, Sample[]>(fleet.names('workers').map((name) => [name, []]))
  let isStopped = false
  const watching = (async () => {
    while (!isStopped) {
      for (const [name, ofMember] of samples) {
        const sample = await ask(fleet.addressOf(name)).catch(() => null)
        if (sample) ofMember.push(sample)
      }
      await pause(EVERY_MS)
    }
  })()
  return {
    async stop() {
      isStopped = true
      await watching
      const all = [...samples.values()]
      return {
        resident: Math.max(0, ...all.flat().map(({ resident }) => resident)),
        growth: all.some(({ length }) => length < FEWEST_SAMPLES) ? null : Math.max(0, ...all.map(growthOf)),
      }
    },
  }
}

async function ask(address: string): Promise<Sample> {
  const answer = await fetch(`${address}/metrics`, { signal: AbortSignal.timeout(5_000) })
  const text = await answer.text()
  const gauge = (name: string) => Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1])
  return {
    at: Date.now(),
    resident: gauge('process_resident_memory_bytes'),
    heap: gauge('nodejs_heap_size_used_bytes'),
  }
}

/** Between two collections a heap rises and falls: what stays is what it holds at its lowest. */
function growthOf(samples: Sample[]): number {
  const third = Math.floor(samples.length / 3)
  const lowest = (some: Sample[]) => Math.min(...some.map(({ heap }) => heap))
  return lowest(samples.slice(-third)) - lowest(samples.slice(0, third))
}
