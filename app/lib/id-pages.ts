const BEFORE_ALL = '00000000-0000-0000-0000-000000000000'

/**
 * The ids of a whole table, page by page in their order. Ends early when the signal is aborted.
 *
 * @param read reads the first ids after that one, so many at most
 */
export async function* idPages(
  size: number,
  signal: AbortSignal,
  read: (after: string, size: number) => Promise<{ id: string }[]>,
): AsyncGenerator<string[]> {
  let after = BEFORE_ALL
  while (!signal.aborted) {
    const ids = (await read(after, size)).map(({ id }) => id)
    const last = ids.at(-1)
    if (last === undefined) return
    yield ids
    after = last
  }
}
