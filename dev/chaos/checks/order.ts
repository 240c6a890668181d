import { type SeenSend, type SeenTake } from '../evidence'

/**
 * Every send of a record that went back: to a lower revision than was sent before, to an older version of the source under a
 * higher revision, or to other content under the same revision.
 */
export function olderSends(sends: readonly SeenSend[]): string[] {
  return ofEachRecord(sends).flatMap(([record, inOrder]) =>
    pairs(inOrder).flatMap(([before, next]) => {
      const step = `${record}: request ${next.sequence} (revision ${next.revision})`
      const previous = `request ${before.sequence} (revision ${before.revision})`
      if (next.revision < before.revision) return [`${step} came after ${previous}`]
      if (next.revision === before.revision) {
        return next.text === before.text ? [] : [`${step} carried other content than ${previous}`]
      }
      return isOlder(next.version, before.version)
        ? [`${step} carried version ${next.version}, older than ${before.version} of ${previous}`]
        : []
    }),
  )
}

/** Every take of a record that did not bring a higher revision than the one before, or the same again. */
export function olderTakes(takes: readonly SeenTake[]): string[] {
  return ofEachRecord(takes).flatMap(([record, inOrder]) =>
    pairs(inOrder)
      .filter(([before, next]) => next.revision < before.revision)
      .map(([before, next]) => `${record}: revision ${next.revision} was taken after ${before.revision}`),
  )
}

function ofEachRecord<T extends { record: string }>(list: readonly T[]): [record: string, list: T[]][] {
  return [...Map.groupBy(list, ({ record }) => record)]
}

function pairs<T>(list: readonly T[]): [T, T][] {
  return list.slice(1).map((next, index) => [list[index] as T, next])
}

/** The source's times: digits beyond the millisecond count, so that text decides where the milliseconds are equal. */
function isOlder(version: string | null, than: string | null): boolean {
  if (version === null || than === null) return false
  const [seconds, fraction] = parts(version)
  const [otherSeconds, otherFraction] = parts(than)
  return seconds === otherSeconds ? fraction < otherFraction : seconds < otherSeconds
}

function parts(time: string): [seconds: number, fraction: string] {
  const [, whole = time, fraction = ''] = /^(.{19})(?:\.(\d+))?Z$/.exec(time) ?? []
  return [Date.parse(`${whole}Z`), fraction.padEnd(9, '0')]
}
