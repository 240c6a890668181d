import { z } from 'zod'
import { Resource } from '~/contracts/resource'
import { AttemptOutcome, EventOutcome } from '~/contracts/states'
import { type ActivityQuery, type Place } from './activity-query'

const Id = z.uuid()

/** Reads the page's URL. What it does not understand is as if it were not there: never an error. */
export function readActivityQuery(params: URLSearchParams): ActivityQuery {
  const resource = pick(Resource, params.get('resource'))
  const place = readPlace(params)
  return params.get('show') === 'attempts'
    ? { show: 'attempts', outcome: pick(AttemptOutcome, params.get('outcome')), resource, place }
    : { show: 'events', outcome: pick(EventOutcome, params.get('outcome')), resource, place }
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
