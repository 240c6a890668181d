import { type DeletionNews, type HintNews, type RecordNews, type StateNews } from '../contracts/news'
import { compareVersions, NO_VERSION, type Version } from '../contracts/version'
import { canonicalHash, canonicalJson } from '../lib/canonical-json'
import { omitUndefined } from '../lib/omit-undefined'
import { type Known, type KnownPart, NOTHING, type Stamp, type Tombstone, tombstone } from './known'
import { dropUntil, mergePart } from './merge-part'

/** What a fold came to: what is known now (the same object when nothing changed), and whether the news was too old to change it. */
export interface Folded {
  known: Known
  outdated: boolean
}

/**
 * Folds one piece of news into what is known of its record. Pure; never moves anything backward, so that duplicates and any
 * order of arrival end in the same state. The one exception is a deletion without any time: it can only be placed where it arrives.
 *
 * @param now when a deletion that names no time of its own is taken to have happened; ISO 8601 UTC
 */
export function foldNews(known: Known, news: RecordNews, now: string): Folded {
  switch (news.kind) {
    case 'state':
      return foldState(known, news)
    case 'deletion':
      return foldDeletion(known, news, now)
    case 'hint':
      return { known: foldHint(known, news), outdated: false }
  }
}

/** The version of what is known: of the core, or of the deletion when that is newer. */
export function knownVersion(known: Known): Version {
  const { updatedAt, triggeredAt } = tombstone(known)?.version ?? known.parts.core?.asOf ?? NO_VERSION
  return { updatedAt, triggeredAt }
}

function foldState(known: Known, news: StateNews): Folded {
  const { version, action, updatedAt } = news
  if (known.deletion && compareVersions(version, known.deletion.version) <= 0)
    return { known, outdated: true }

  const asOf = stampOf(news)
  const parts = { ...known.parts }
  for (const [name, data] of Object.entries(news.parts as Record<string, KnownPart['data'] | undefined>)) {
    if (data !== undefined) parts[name] = mergePart(parts[name], { asOf, data })
  }
  const isChanged = Object.keys(parts).some((name) => parts[name] !== known.parts[name])
  if (!isChanged) {
    const isOlder = compareVersions(version, knownVersion(known)) < 0
    return { known, outdated: isOlder || !holds(known, news) }
  }

  const isNewestCore = parts.core !== known.parts.core && parts.core?.asOf === asOf
  return { known: { ...known, parts, ...(isNewestCore ? { action, updatedAt } : {}) }, outdated: false }
}

/** Whether all that the news says is what is held: otherwise a state of the same version was preferred. */
function holds(known: Known, news: StateNews): boolean {
  return Object.entries(news.parts as Known['parts'][string]['data']).every(([name, data]) => {
    const held = known.parts[name]?.data ?? {}
    return canonicalJson({ ...held, ...(data as object) }) === canonicalJson(held)
  })
}

function stampOf({ version, action, updatedAt, parts }: StateNews): Stamp {
  return { ...version, tie: canonicalHash({ action, updatedAt, parts }).slice(0, 16) }
}

function foldDeletion(known: Known, news: DeletionNews, now: string): Folded {
  const { mergedIntoExternalId } = news
  // A deletion that names no time is as new as what is held: sources do not use an id twice.
  const version = news.version.updatedAt === '' ? knownVersion(known) : news.version
  const deletion = newerTombstone(
    known.deletion,
    omitUndefined({ version, deletedAt: news.deletedAt ?? now, mergedIntoExternalId }),
  )
  if (deletion === known.deletion) return { known, outdated: compareVersions(version, deletion.version) < 0 }

  const parts = partsSince(known.parts, deletion.version)
  const hints = Object.fromEntries(
    Object.entries(known.hints).filter(([, hintedAt]) => hintedAt > deletion.version.triggeredAt),
  )
  const head = parts.core ? {} : { action: NOTHING.action, updatedAt: NOTHING.updatedAt }
  return {
    known: { ...known, ...head, parts, hints, deletion },
    outdated: parts.core !== undefined && parts.core === known.parts.core,
  }
}

/** The newer of two deletions of one record. What it was merged into may be said by either: a record is merged once. */
function newerTombstone(held: Tombstone | null, news: Tombstone): Tombstone {
  if (!held) return news
  const order = compareVersions(news.version, held.version) || (news.deletedAt < held.deletedAt ? 1 : -1)
  const [newer, other] = order > 0 ? [news, held] : [held, news]
  const isToldByOther = newer.mergedIntoExternalId === undefined && other.mergedIntoExternalId !== undefined
  return isToldByOther ? { ...newer, mergedIntoExternalId: other.mergedIntoExternalId } : newer
}

function partsSince(parts: Known['parts'], version: Version): Known['parts'] {
  return Object.fromEntries(
    Object.entries(parts).flatMap(([name, part]) => {
      const kept = dropUntil(part, version)
      return kept ? [[name, kept]] : []
    }),
  )
}

/** Of each part the newest hint, unless the record was deleted since. */
function foldHint(known: Known, { parts, hintedAt }: HintNews): Known {
  if (known.deletion && hintedAt <= known.deletion.version.triggeredAt) return known
  const newer = parts.filter((part) => {
    const held = known.hints[part]
    return held === undefined || hintedAt > held
  })
  if (newer.length === 0) return known
  const hints = { ...known.hints, ...Object.fromEntries(newer.map((part) => [part, hintedAt])) }
  return { ...known, hints }
}
