import { type RecordNews } from '../contracts/news'
import { PERSONAL_FIELDS, type PiiPolicy } from '../contracts/resource'
import { type Known } from './known'

/** The news without the personal data that the connection's policy does not allow. */
export function applyPiiPolicy<News extends RecordNews>(news: News, policy: PiiPolicy): News {
  if (news.kind !== 'state') return news
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
  const denied = PERSONAL_FIELDS.full.filter((field) => !PERSONAL_FIELDS[policy].includes(field))
  return Object.fromEntries(Object.entries(fields).filter(([key]) => !denied.includes(key)))
}
