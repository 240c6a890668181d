import { type ConnectionState } from '~/contracts/states'
import { type Notice } from '~/contracts/notice'
import { DAY_MS } from '~/lib/time'

/** How long before its date a privacy request becomes urgent. */
const COMPLIANCE_NOTICE_MS = 7 * DAY_MS

/** The one thing that a person should look at first. */
export type Urgent =
  | { kind: 'compliance'; overdue: boolean; count: number; dueAt: string }
  | { kind: 'connection'; state: Exclude<ConnectionState, 'connected'> }
  | { kind: 'failed'; count: number }
  | { kind: 'asking' }
  | ({ kind: 'reach' } & ReachNotice)

/** What is looked at to find the most urgent thing. */
export interface Situation {
  now: string
  connectionState: ConnectionState
  failed: number
  /** When the open privacy requests are due, earliest first. */
  complianceDue: string[]
  /** Whether a run waits for a person's word. */
  isAsking: boolean
  /** What of the store is out of reach, as long as nobody has put that away. */
  reach: ReachNotice | null
}

/** What of the store is out of reach, each thing once. */
export interface ReachNotice {
  words: string[]
  denied: string[]
  /** Names this very news: other news has another name. */
  notice: Notice
}

/**
 * The most urgent thing, or null when all is well: the law past its date, then a SaaS that takes nothing, then a question of ours, then
 * records that the SaaS refuses, then the law near its date, then what of the store is out of reach.
 */
export function mostUrgent(situation: Situation): Urgent | null {
  const now = Date.parse(situation.now)
  const compliance = dueBefore(situation.complianceDue, now + COMPLIANCE_NOTICE_MS, now)
  if (compliance?.overdue) return compliance
  if (situation.connectionState !== 'connected') {
    return { kind: 'connection', state: situation.connectionState }
  }
  if (situation.isAsking) return { kind: 'asking' }
  if (situation.failed > 0) return { kind: 'failed', count: situation.failed }
  return compliance ?? (situation.reach && { kind: 'reach', ...situation.reach })
}

function dueBefore(due: string[], limit: number, now: number): (Urgent & { kind: 'compliance' }) | null {
  const [dueAt] = due
  if (dueAt === undefined || Date.parse(dueAt) > limit) return null

  const overdue = Date.parse(dueAt) < now
  const count = due.filter((time) => Date.parse(time) <= (overdue ? now : limit)).length
  return { kind: 'compliance', overdue, count, dueAt }
}
