import { type Verdict } from '../judge'

/** What a part of the proof came to. */
export interface Act {
  name: string
  /** What it is about, in words. */
  what: string
  /** What was injected and what was counted. */
  rows: [name: string, words: string][]
  verdict: Verdict
}
