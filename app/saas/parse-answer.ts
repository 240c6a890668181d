import { z } from 'zod'
import { type SaasAnswer } from './dialect'
import { words } from './outcome-of-status'

/** The code of an answer that does not say what became of what was sent. */
export const UNREADABLE_ANSWER = 'UNREADABLE_ANSWER'

/** What a SaaS wrote, as one short line. */
export const Words = z.string().transform(words)

/** The JSON of an answer; undefined where it is none, or was cut. */
export function parseAnswer(answer: SaasAnswer): unknown {
  if (answer.truncated) return undefined
  try {
    return JSON.parse(answer.text)
  } catch {
    return undefined
  }
}
