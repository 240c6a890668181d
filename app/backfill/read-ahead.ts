/**
 * The same, with the next one being made while the one before is worked on: one ahead, and no more. Who stops early does not wait for the
 * one that is being made.
 */
export async function* readAhead<T>(each: AsyncIterable<T>): AsyncGenerator<T> {
  const iterator = each[Symbol.asyncIterator]() as AsyncIterator<T, unknown>
  let coming = ask(iterator)
  try {
    for (;;) {
      const next = await coming
      if (next.done) return
      coming = ask(iterator)
      yield next.value
    }
  } finally {
    iterator.return?.().catch(() => undefined)
  }
}

/** A failure of the next one is heard when its turn has come. */
function ask<T>(iterator: AsyncIterator<T, unknown>): Promise<IteratorResult<T, unknown>> {
  const next = iterator.next()
  next.catch(() => undefined)
  return next
}
