import { en } from './en'
import { type Message } from './message'

export { en }
export type { Message }

export type WordKey = keyof typeof en

/** A whole translation: no word is missing, none is left over. */
export type Catalogue = Record<WordKey, Message>

/** The catalogues by language, each with the tag of what it is written in. */
export const catalogues: Record<string, { tag: string; catalogue: Catalogue }> = {
  en: { tag: 'en', catalogue: en },
}
