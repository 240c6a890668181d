import { type RecordNews } from '../contracts/news'
import { PERSONAL_FIELDS, type PiiPolicy } from '../contracts/resource'
import { type Known } from './known'

/** The fields that each policy denies. */
const DENIED: Record<PiiPolicy, readonly string[]> = {
  none: deniedBy('none'),
  minimal: deniedBy('minimal'),
  full: deniedBy('full'),
}

function deniedBy(policy: PiiPolicy): string[] {
  return PERSONAL_FIELDS.full.filter((field) => !PERSONAL_FIELDS[policy].includes(field))
}

/** The news without the personal data that the connection's policy does not allow. */
export function applyPiiPolicy<News extends RecordNews>(news: News, policy: PiiPolicy): News {
  if (news.kind !== 'state' || DENIED[policy].length === 0) return news
  const parts = Object.entries(news.parts).map(([name, data]) => [
    name,
    withoutDenied(data as Record<string, unknown>, policy),
  ])
  return { ...news, parts: Object.fromEntries(parts) as unknown }
}

/** What is known, without what the policy does not allow any more: it may have been stricter set since. */
export function withinPiiPolicy(known: Known, policy: PiiPolicy): Known {
  const parts = Object.entries(known.parts).map(([name, part]) => [
    name,
    {
      ...part,
      data: withoutDenied(part.data, policy),
      ...(part.older ? { older: withoutDenied(part.older, policy) } : {}),
    },
  ])
  return { ...known, parts: Object.fromEntries(parts) as Known['parts'] }
}

function withoutDenied<Value>(fields: Record<string, Value>, policy: PiiPolicy): Record<string, Value> {
  const denied = DENIED[policy].filter((field) => field in fields)
  if (denied.length === 0) return fields
  return Object.fromEntries(Object.entries(fields).filter(([key]) => !denied.includes(key)))
}
