import { z } from 'zod'
import { Resource } from '~/contracts/resource'
import { AttemptOutcome, EventOutcome } from '~/contracts/states'
import { ACTIVITY_LISTS, type ActivityQuery, type Place } from './activity-query'
import { RunState } from './run-words'

const Id = z.uuid()
const Day = z.iso.date()
/** As senders write them: products/update, order.updated. */
const Topic = z.string().regex(/^[a-z0-9_.:/-]{1,100}$/i)

/** Reads the page's URL. What it does not understand is as if it were not there: never an error. */
export function readActivityQuery(params: URLSearchParams): ActivityQuery {
  const read = <T>(schema: z.ZodType<T>, name: string) => pick(schema, params.get(name))
  const narrowed = {
    resource: read(Resource, 'resource'),
    from: read(Day, 'from'),
    to: read(Day, 'to'),
    place: readPlace(params),
  }
  const show = read(z.enum(ACTIVITY_LISTS), 'show') ?? 'events'
  switch (show) {
    case 'events':
      return { show, ...narrowed, outcome: read(EventOutcome, 'outcome'), topic: read(Topic, 'topic') }
    case 'attempts':
      return { show, ...narrowed, outcome: read(AttemptOutcome, 'outcome') }
    case 'runs':
      return { show, ...narrowed, outcome: read(RunState, 'outcome') }
    case 'views':
      return { show, ...narrowed, outcome: null }
  }
}

function readPlace(params: URLSearchParams): Place {
  const after = pick(Id, params.get('after'))
  if (after) return { after }
  const before = pick(Id, params.get('before'))
  return before ? { before } : null
}

function pick<T>(schema: z.ZodType<T>, value: string | null): T | null {
  const parsed = schema.safeParse(value)
  return parsed.success ? parsed.data : null
}
