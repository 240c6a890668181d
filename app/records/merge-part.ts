import { compareVersions, type Version } from '../contracts/version'
import { type KnownPart, type Stamp } from './known'

/** Orders two payloads of one record: by version, and by their content where neither is newer. 0 for the same payload only. */
function compareStamps(a: Stamp, b: Stamp): number {
  return compareVersions(a, b) || (a.tie < b.tie ? -1 : a.tie > b.tie ? 1 : 0)
}

/**
 * A part after one more payload carried it: of each field the newest value that any payload gave. Absent means unknown, so that
 * a field which newer news does not carry is kept, and older news may still fill it. In whatever order payloads come, the
 * result is the same.
 *
 * @returns `held` itself when the payload adds nothing
 */
export function mergePart(
  held: KnownPart | undefined,
  { asOf, data }: Pick<KnownPart, 'asOf' | 'data'>,
): KnownPart {
  if (!held) return { asOf, data }
  const isNewest = compareStamps(asOf, held.asOf) > 0
  const won = Object.keys(data).filter(
    (key) => !(key in held.data) || compareStamps(asOf, stampOf(held, key)) > 0,
  )
  if (!isNewest && won.length === 0) return held

  const stamps = Object.fromEntries(Object.keys(held.data).map((key) => [key, stampOf(held, key)]))
  const merged = { ...held.data }
  for (const key of won) {
    merged[key] = data[key]
    stamps[key] = asOf
  }
  return toPart(isNewest ? asOf : held.asOf, merged, stamps)
}

/** The parts without the fields that are gone; a part whose newest news is gone goes wholly. */
export function dropParts(
  parts: Record<string, KnownPart>,
  isGone: (version: Version) => boolean,
): Record<string, KnownPart> {
  return Object.fromEntries(
    Object.entries(parts).flatMap(([name, part]) => {
      const kept = dropFields(part, isGone)
      return kept ? [[name, kept]] : []
    }),
  )
}

function dropFields(part: KnownPart, isGone: (version: Version) => boolean): KnownPart | undefined {
  if (isGone(part.asOf)) return undefined
  const fields = Object.entries(part.data)
  const kept = fields.filter(([key]) => !isGone(stampOf(part, key)))
  return kept.length === fields.length ? part : toPart(part.asOf, Object.fromEntries(kept), part.older ?? {})
}

function stampOf(part: KnownPart, key: string): Stamp {
  return part.older?.[key] ?? part.asOf
}

function toPart(asOf: Stamp, data: KnownPart['data'], stamps: Record<string, Stamp>): KnownPart {
  const older = Object.entries(stamps).filter(
    ([key, stamp]) => key in data && compareStamps(stamp, asOf) !== 0,
  )
  return older.length === 0 ? { asOf, data } : { asOf, data, older: Object.fromEntries(older) }
}
