/** What comes one by one, so many together. The last page may have fewer; none is empty. */
export async function* inPages<T>(each: AsyncIterable<T>, size: number): AsyncGenerator<T[]> {
  let page: T[] = []
  for await (const one of each) {
    page.push(one)
    if (page.length < size) continue
    yield page
    page = []
  }
  if (page.length > 0) yield page
}
