/** A span of time in which a record was on its way; `endedAt` is null while it still is. */
interface Span {
  record: string
  /** What to call it in a finding, such as `call 12` */
  name: string
  startedAt: number
  endedAt: number | null
}

/** Every two spans of one record that overlap. Spans that only touch do not. */
export function overlaps(spans: readonly Span[]): string[] {
  return [...Map.groupBy(spans, ({ record }) => record)].flatMap(([record, ofRecord]) => {
    const inOrder = ofRecord.toSorted((a, b) => a.startedAt - b.startedAt)
    let longest = inOrder[0]
    return inOrder.slice(1).flatMap((span) => {
      const before = longest
      if (!before || endOf(span) > endOf(before)) longest = span
      return before && endOf(before) > span.startedAt ? [words(record, before, span)] : []
    })
  })
}

function endOf({ endedAt }: Span): number {
  return endedAt ?? Infinity
}

function words(record: string, before: Span, span: Span): string {
  const end = before.endedAt === null ? 'had no end' : `ended at ${time(before.endedAt)}`
  return `${record}: ${span.name} began at ${time(span.startedAt)}, before ${before.name} ${end}`
}

function time(ms: number): string {
  return new Date(ms).toISOString().slice(11, 23)
}
