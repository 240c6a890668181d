import { describe, expect, it } from 'vitest'
import { createLanguage } from '~/dashboard/language'
import { en, tongues, type Message } from '~/dashboard/words'
import { readSources } from '../support/source-text'
import { writtenSentences } from '../support/written-sentences'

/** The layers that write sentences which the pages show. */
const STAGES = ['records', 'delivery', 'saas', 'backfill', 'shops', 'intake', 'sources']
/** What only a machine, a log or a sender of webhooks reads, and what a page says in words of its own, by the code of the refusal. */
const NOT_SHOWN = [
  'app/intake/intake.server.ts',
  'app/intake/replay-event.ts',
  'app/intake/stored-event.ts',
  'app/records/dismiss-records.ts',
  'app/records/example-known.ts',
  'app/records/select-records.ts',
  'app/shops/find-run.ts',
  'app/shops/no-connection.ts',
  'app/shops/readable-sources.ts',
  'app/shops/start-backfill.ts',
  'app/shops/start-removal.ts',
  'app/sources/shopify/receive-webhook.ts',
  'app/sources/shopify/admin/ask-admin.server.ts',
  'app/sources/shopify/admin/describe-shop.server.ts',
  'app/sources/shopify/admin/exported-record.ts',
  'app/sources/shopify/admin/fetch-records.ts',
  'app/sources/shopify/admin/records-query.ts',
  'app/sources/shopify/admin/render-selection.ts',
  'app/sources/shopify/admin/search-text.ts',
]

const others = Object.entries(tongues).filter(([, { told }]) => told !== null)
const textsOf = (message: Message) => (typeof message === 'string' ? [message] : Object.values(message))
const holesOf = (message: Message) =>
  new Set(textsOf(message).flatMap((text) => text.match(/\{\w+\}/g) ?? []))

describe.each(others)('%s', (locale, { catalogue }) => {
  const { told } = createLanguage({ locale, timeZone: null })

  it('has the plural forms of its language', () => {
    const categories = new Intl.PluralRules(locale).resolvedOptions().pluralCategories
    const lacking = Object.entries(catalogue).filter(
      ([, message]) =>
        typeof message !== 'string' && !categories.every((form) => form === 'many' || form in message),
    )
    expect(lacking).toEqual([])
  })

  it('fills in what English fills in', () => {
    const differing = Object.entries(en).filter(
      ([key, message]) => !isSameSet(holesOf(message), holesOf(catalogue[key as keyof typeof en])),
    )
    expect(differing.map(([key]) => key)).toEqual([])
  })

  it('has every word that English has, in words of its own', () => {
    const same = Object.entries(en).filter(([key, message]) => {
      const other = catalogue[key as keyof typeof en]
      return textsOf(message).some((text) => text.split(' ').length > 3 && textsOf(other).includes(text))
    })
    expect(same.map(([key]) => key)).toEqual([])
  })

  it('tells every sentence that a stage writes down', () => {
    const untold = writtenSentences(STAGES.flatMap((stage) => readSources(`app/${stage}`)))
      .filter(({ path, text }) => !NOT_SHOWN.includes(path) && !isRefusal(text))
      .filter(({ text }) => sentencesOf(text).some((sentence) => told(text).includes(sentence)))
    expect(untold.map(({ path, line, text }) => `${path}:${line}: ${text}`)).toEqual([])
  })
})

/** What is filled in says nothing by itself. */
function sentencesOf(text: string): string[] {
  return text.split(/(?<=[.!?]) /).filter((sentence) => (sentence.match(/\p{L}{2,}/gu) ?? []).length > 2)
}

/** What a refused command says is told by its code. */
function isRefusal(text: string): boolean {
  return Object.values(en).includes(text as never)
}

function isSameSet(one: Set<string>, other: Set<string>): boolean {
  return one.size === other.size && [...one].every((each) => other.has(each))
}
