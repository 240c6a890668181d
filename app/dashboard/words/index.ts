import { type Texts } from '../told'
import { en } from './en'
import { type Message } from './message'
import { ptBR } from './pt-BR'
import { sentences, words } from './pt-BR/told'

export { en }
export type { Message }

export type WordKey = keyof typeof en

/** A whole translation: no word is missing, none is left over. */
export type Catalogue = Record<WordKey, Message>

/** All that the pages say in one language. */
export interface Tongue {
  /** The tag of the language. */
  tag: string
  catalogue: Catalogue
  /** What the stages write down in English; null for English itself. */
  told: { sentences: Texts; words: Texts } | null
}

/** The languages of the pages. */
export const tongues: Record<string, Tongue> = {
  en: { tag: 'en', catalogue: en, told: null },
  pt: { tag: 'pt-BR', catalogue: ptBR, told: { sentences, words } },
}
