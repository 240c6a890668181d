import { z } from 'zod'

/** What the SaaS must find in an event to file it; the rest is kept as it came. */
export const Envelope = z.object({
  resource: z.string(),
  action: z.enum(['created', 'updated', 'deleted']),
  data: z.looseObject({
    source: z.string().default(''),
    store: z.string().default(''),
    external_id: z.string(),
    revision: z.number().int(),
  }),
})
export type Envelope = z.infer<typeof Envelope>

export const Batch = z.object({ events: z.array(z.unknown()) })

/** The same for all news of one record. */
export function keyOf({ resource, data }: Envelope): string {
  return [data.source, data.store, resource, data.external_id].join('|')
}

/** The well-formed events of a request's body, one or many. */
export function eventsIn(body: unknown): Envelope[] {
  const batch = Batch.safeParse(body)
  const list = batch.success ? batch.data.events : [body]
  return list.flatMap((event) => {
    const parsed = Envelope.safeParse(event)
    return parsed.success ? [parsed.data] : []
  })
}
