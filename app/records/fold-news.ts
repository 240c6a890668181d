import { type DeletionNews, type HintNews, type RecordNews, type StateNews } from '../contracts/news'
import { compareVersions, NO_VERSION, type Version } from '../contracts/version'
import { canonicalHash } from '../lib/canonical-json'
import { type Known, type KnownPart } from './known'

/** What a fold came to: what is known now (the same object when nothing changed), and whether the news was too old to change it. */
export interface Folded {
  known: Known
  outdated: boolean
}

/**
 * Folds one piece of news into what is known of its record. Pure; never moves anything backward: what is older than the
 * part that it speaks of is dropped, so that duplicates and any order of arrival end in the same state.
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
      return foldHint(known, news)
  }
}

/** The version of what is known: of the core, or of the deletion when that is newer. */
export function knownVersion(known: Known): Version {
  return known.deletion?.version ?? known.parts.core?.asOf ?? NO_VERSION
}

function foldState(known: Known, news: StateNews): Folded {
  if (known.deletion && compareVersions(news.version, known.deletion.version) <= 0)
    return { known, outdated: true }

  const parts = { ...known.parts }
  let changed = false
  for (const [name, data] of Object.entries(news.parts as Record<string, KnownPart['data'] | undefined>)) {
    if (data === undefined) continue
    const held = parts[name]
    const merged = mergePart(held, { asOf: news.version, data })
    if (merged === held) continue
    parts[name] = merged
    changed = true
  }
  if (!changed) return { known, outdated: compareVersions(news.version, knownVersion(known)) < 0 }

  const coreMoved = parts.core !== known.parts.core
  const isNewest = coreMoved && parts.core?.asOf === news.version
  return {
    known: {
      ...known,
      parts,
      deletion: null,
      ...(isNewest ? { action: news.action, updatedAt: news.updatedAt } : {}),
    },
    outdated: false,
  }
}

/**
 * The part after the news. Of a newer update time the news' fields win, and those that it does not carry are kept: absent
 * means unknown. At the same update time both sides are merged, and the later trigger wins a conflict. Older news changes nothing.
 */
function mergePart(held: KnownPart | undefined, news: KnownPart): KnownPart {
  if (!held) return news
  if (news.asOf.updatedAt < held.asOf.updatedAt) return held

  const newsWins = compareVersions(news.asOf, held.asOf) || compareContent(news, held)
  if (newsWins > 0) return { asOf: news.asOf, data: { ...held.data, ...news.data } }

  const addsSomething = Object.keys(news.data).some((key) => !(key in held.data))
  return addsSomething ? { asOf: held.asOf, data: { ...news.data, ...held.data } } : held
}

/** Two contents of one version: neither is newer, so that the choice must not depend on which came first. */
function compareContent(a: KnownPart, b: KnownPart): number {
  const [hashA, hashB] = [canonicalHash(a.data), canonicalHash(b.data)]
  return hashA < hashB ? -1 : hashA > hashB ? 1 : 0
}

function foldDeletion(known: Known, news: DeletionNews, now: string): Folded {
  const held = knownVersion(known)
  // A deletion that names no time is as new as what is held: sources do not use an id twice.
  const version = news.version.updatedAt === '' ? held : news.version
  const isOlder = known.deletion ? compareVersions(version, held) <= 0 : compareVersions(version, held) < 0
  if (isOlder) return { known, outdated: true }

  const merged =
    news.mergedIntoExternalId === undefined ? {} : { mergedIntoExternalId: news.mergedIntoExternalId }
  return {
    known: {
      ...known,
      parts: {},
      hints: {},
      deletion: { version, deletedAt: news.deletedAt ?? now, ...merged },
    },
    outdated: false,
  }
}

function foldHint(known: Known, news: HintNews): Folded {
  const hints = { ...known.hints }
  for (const part of news.parts) {
    if (news.hintedAt > (hints[part] ?? '')) hints[part] = news.hintedAt
  }
  return { known: { ...known, hints }, outdated: false }
}
