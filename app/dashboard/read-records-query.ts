import { z } from 'zod'
import { Resource } from '~/contracts/resource'
import { RecordState } from '~/contracts/states'
import { type Place } from './activity-query'
import { readCursor } from './record-cursor'
import { mayBeInAddress, type RecordsQuery } from './records-query'

/** How long what is looked for may be; the rest is not read. */
export const LONGEST_SEARCH = 200

const StateFilter = z.enum([...RecordState.options, 'under_way'])
const Why = z.string().regex(/^[0-9a-f]{32}$/)

/** The key of a text that a tab keeps, and what stands for one that no tab can. */
const KeptKey = z.templateLiteral(['kept-', z.uuid()])
const NOWHERE = 'kept'

/**
 * Reads the page's URL. What it does not understand is as if it were not there: never an error. A search for what must not stand in an
 * address, such as a name, is not made; the page says so.
 *
 * @param kept the text that the address names a key of; the browser sends it in a request's body
 */
export function readRecordsQuery(params: URLSearchParams, kept = ''): RecordsQuery {
  const state = pick(StateFilter, params.get('state'))
  const hasReasons = state === 'dead' || state === 'excluded'
  return {
    state,
    resource: pick(Resource, params.get('resource')),
    why: hasReasons ? pick(Why, params.get('why')) : null,
    ...readSearch(readText(params.get('q')), readText(kept)),
    sort: params.get('sort') === 'oldest' ? 'oldest' : 'newest',
    place: readPlace(params),
  }
}

function readSearch(given: string, kept: string): Pick<RecordsQuery, 'search' | 'searchKey'> {
  if (mayBeInAddress(given)) return { search: given, searchKey: given }
  return { search: kept, searchKey: pick(KeptKey, given) ?? NOWHERE }
}

/** A NUL could not be looked for; neither can half of a letter. */
function readText(text: string | null): string {
  const whole = (text ?? '').toWellFormed().replaceAll('\0', ' ')
  return whole.trim().slice(0, LONGEST_SEARCH).toWellFormed()
}

function readPlace(params: URLSearchParams): Place {
  const [after, before] = [params.get('after'), params.get('before')]
  if (after !== null && readCursor(after)) return { after }
  return before !== null && readCursor(before) ? { before } : null
}

function pick<T>(schema: z.ZodType<T>, value: string | null): T | null {
  const parsed = schema.safeParse(value)
  return parsed.success ? parsed.data : null
}
