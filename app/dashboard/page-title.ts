import { type MetaFunction } from '@remix-run/node'
import { z } from 'zod'
import { createLanguage } from './language'
import { type WordKey } from './words'

const Root = z.object({ locale: z.string() })

/** A route's `meta`: the document's title, in the person's language; without a key the app's name alone. */
export function titled(key?: WordKey): MetaFunction {
  return ({ matches }) => {
    const root = Root.safeParse(matches.find(({ id }) => id === 'root')?.data)
    const { t } = createLanguage({ locale: root.data?.locale ?? 'en', timeZone: null })
    return [{ title: key ? `${t(key)} · ${t('app.name')}` : t('app.name') }]
  }
}
