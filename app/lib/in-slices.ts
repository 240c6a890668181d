/**
 * Repeats work that does so many at most, until it does fewer or the signal is aborted, so that no single statement runs long.
 *
 * @returns how many it did in all
 */
export async function inSlices(
  size: number,
  signal: AbortSignal,
  work: (size: number) => Promise<number>,
): Promise<number> {
  let total = 0
  let done = size
  while (done >= size && !signal.aborted) {
    done = await work(size)
    total += done
  }
  return total
}
