import { type Memory } from './watch-memory'
import { HEAP_MB } from './world'

/** Such as `drop 12 · delay 3`. */
export function counts(numbers: Record<string, number>): string {
  const words = Object.entries(numbers).map(([name, number]) => `${name} ${number}`)
  return words.join(' · ') || 'none'
}

/** What workers held, in words. */
export function memoryWords({ resident, heap }: Memory): string {
  return `a worker held ${megabytes(resident)} at most, ${megabytes(heap)} of it in a heap of ${HEAP_MB} MB`
}

function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1_000_000)} MB`
}
