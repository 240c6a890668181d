import { createLanguage } from './language'
import { type WordKey } from './words'

/** The document's title of a page, for a route's `meta`; without a key the app's name alone. */
export function pageTitle(key?: WordKey): [{ title: string }] {
  const { t } = createLanguage({ locale: 'en', timeZone: null })
  return [{ title: key ? `${t(key)} · ${t('app.name')}` : t('app.name') }]
}
