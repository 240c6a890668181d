import { en } from './en'
import { type Message } from './message'

export { en }
export type { Message }

export type WordKey = keyof typeof en

/** A whole translation. */
export type Catalogue = Record<WordKey, Message>

/** The catalogues by language. */
export const catalogues: Record<string, Catalogue> = { en }
