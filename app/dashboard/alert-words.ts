import { type DueNotice, type Told } from '~/alerts/told'
import { createLanguage, type Language } from './language'
import { type WordKey } from './words'

/** What a notice says, in the language of whom it is for and on the shop's clock. */
export function alertWords(notice: DueNotice): Told {
  const language = createLanguage(notice)
  const values = valuesOf(language, notice)
  const [title, body] = keysOf(notice)
  return { title: language.t(title, values), body: language.t(body, values) }
}

function valuesOf({ time }: Language, { domain, shopName, count, openedAt, closedAt }: DueNotice) {
  return {
    shop: shopName ?? domain,
    count: count ?? 0,
    since: openedAt ? time(openedAt.toISOString()) : '',
    until: closedAt ? time(closedAt.toISOString()) : '',
  }
}

function keysOf({ subject, kind, cause }: DueNotice): [title: WordKey, body: WordKey] {
  if (subject === 'test' || kind === null) return ['alert.test.title', 'alert.test.body']
  if (subject === 'over') return [`alert.over.${kind}.title`, `alert.over.${kind}.body`]
  if (kind === 'failures') return ['alert.begun.failures.title', 'alert.begun.failures.body']
  return [connectionTitle(cause), 'alert.begun.connection.body']
}

/** A connection that has changed since is told as one that does not answer: that is what it was for the records. */
function connectionTitle(cause: DueNotice['cause']): WordKey {
  switch (cause) {
    case 'refused':
    case 'misdirected':
    case 'paused':
      return `alert.begun.connection.${cause}.title`
    case 'unreachable':
    case 'connected':
    case 'not_connected':
    case null:
      return 'alert.begun.connection.unreachable.title'
  }
}
