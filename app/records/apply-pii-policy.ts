import { type RecordNews } from '../contracts/news'
import { type PiiPolicy } from '../contracts/resource'

/** The fields that a policy keeps out of what is stored and sent. Personal data is nowhere else but in the e-mail hash. */
const DENIED: Record<PiiPolicy, readonly string[]> = {
  none: ['pii', 'display_name'],
  minimal: ['pii'],
  full: [],
}

/** The news without the personal data that the connection's policy does not allow. */
export function applyPiiPolicy<News extends RecordNews>(news: News, policy: PiiPolicy): News {
  const denied = DENIED[policy]
  if (news.kind !== 'state' || denied.length === 0) return news

  const parts = Object.fromEntries(
    Object.entries(news.parts).map(([name, data]) => [
      name,
      withoutKeys(data as Record<string, unknown>, denied),
    ]),
  )
  return { ...news, parts }
}

function withoutKeys(data: Record<string, unknown>, denied: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(data).filter(([key]) => !denied.includes(key)))
}
