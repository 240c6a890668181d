import { ParityError } from '~/lib/errors'
import { type Done } from './runner'

/** Why a command did not reach a record. */
type Unreached =
  'missing' | 'under_way' | 'excluded' | 'nothing_known' | 'not_dead' | 'not_retrying' | 'not_before'

const UNREACHED: Record<Unreached, { code: string; words: string }> = {
  missing: { code: 'RECORD_MISSING', words: 'There is no such record.' },
  under_way: { code: 'RECORD_UNDER_WAY', words: 'The record is being sent right now.' },
  excluded: { code: 'RECORD_EXCLUDED', words: 'The record is not sent on purpose: its page says why.' },
  nothing_known: { code: 'RECORD_UNKNOWN', words: 'Nothing is known of the record yet that could be sent.' },
  not_dead: { code: 'RECORD_NOT_DEAD', words: 'Only a record that has failed can be dismissed.' },
  not_retrying: {
    code: 'RECORD_NOT_RETRYING',
    words: 'Only a record that waits for its next try can be tried now.',
  },
  not_before: {
    code: 'RECORD_NOT_BEFORE',
    words: 'The SaaS asked not to be sent the record before a time, or lacks another record.',
  },
}

/** What a command on records came to. @throws ParityError when it reached none of them, with the reason of the first */
export function reached(done: string[], left: { id: string; why: Unreached }[]): Done {
  const [first] = left
  if (done.length > 0 || !first) return { count: done.length, left }
  const { code, words } = UNREACHED[first.why]
  throw new ParityError(code, { message: words, userMessage: words })
}
