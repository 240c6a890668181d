import {
  type AskedNews,
  type DeletionNews,
  type HintNews,
  type RecordNews,
  type StateNews,
} from '../contracts/news'
import { compareVersions, NO_VERSION, type Version } from '../contracts/version'
import { canonicalHash, canonicalJson } from '../lib/canonical-json'
import { omitUndefined } from '../lib/omit-undefined'
import {
  type Known,
  type KnownPart,
  newerTombstone,
  NOTHING,
  type Stamp,
  type Tombstone,
  tombstone,
} from './known'
import { dropParts, mergePart } from './merge-part'

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
    case 'asked':
      return { known: foldAsked(known, news), outdated: false }
  }
}

/** The version of what is known: of the core, or of the deletion when that is newer. */
export function knownVersion(known: Known): Version {
  const { updatedAt, triggeredAt } = tombstone(known)?.version ?? known.parts.core?.asOf ?? NO_VERSION
  return { updatedAt, triggeredAt }
}

function foldState(known: Known, news: StateNews): Folded {
  const { version, action, updatedAt } = news
  if (isGone(known, version)) return { known, outdated: true }

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

/** Whether what has this version is from before the record was deleted, or found to be absent. */
function isGone({ deletion, absence }: Pick<Known, 'deletion' | 'absence'>, version: Version): boolean {
  if (deletion && compareVersions(version, deletion.version) <= 0) return true
  return absence !== undefined && !outranksAbsence(version, absence)
}

/** What was seen after a look at the whole store proves that look wrong, also when it was not changed since. */
function outranksAbsence(version: Version, absence: Tombstone): boolean {
  return version.triggeredAt > absence.version.triggeredAt || compareVersions(version, absence.version) > 0
}

function foldDeletion(known: Known, news: DeletionNews, now: string): Folded {
  const { mergedIntoExternalId } = news
  // A deletion that names no time is as new as what is held: sources do not use an id twice.
  const version = news.version.updatedAt === '' ? knownVersion(known) : news.version
  const told = omitUndefined({ version, deletedAt: news.deletedAt ?? now, mergedIntoExternalId })
  const kind = news.isInferred ? 'absence' : 'deletion'
  const held = known[kind]
  const newest = held ? newerTombstone(held, told) : told
  if (newest === held) return { known, outdated: compareVersions(version, newest.version) < 0 }

  const ends = { ...known, [kind]: newest }
  const parts = dropParts(known.parts, (stamp) => isGone(ends, stamp))
  const hints = Object.fromEntries(
    Object.entries(known.hints).filter(([, hintedAt]) => hintedAt > newest.version.triggeredAt),
  )
  const head = parts.core ? {} : { action: NOTHING.action, updatedAt: NOTHING.updatedAt }
  return {
    known: { ...ends, ...head, parts, hints },
    outdated: parts.core !== undefined && parts.core === known.parts.core,
  }
}

/** Of each part the newest hint, unless the record was deleted since. */
function foldHint(known: Known, { parts, hintedAt, changedAt }: HintNews): Known {
  const { core } = known.parts
  if (changedAt !== undefined && core && core.asOf.updatedAt >= changedAt) return known
  const ends = [known.deletion, known.absence]
  if (ends.some((end) => end && hintedAt <= end.version.triggeredAt)) return known
  const newer = parts.filter((part) => {
    const held = known.hints[part]
    return held === undefined || hintedAt > held
  })
  if (newer.length === 0) return known
  const hints = { ...known.hints, ...Object.fromEntries(newer.map((part) => [part, hintedAt])) }
  return { ...known, hints }
}

function foldAsked(known: Known, { askedAt }: AskedNews): Known {
  return askedAt > (known.askedAt ?? '') ? { ...known, askedAt } : known
}
