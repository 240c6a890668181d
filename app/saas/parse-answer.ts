import { z } from 'zod'
import { type SaasAnswer } from './dialect'
import { words } from './outcome-of-status'

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
