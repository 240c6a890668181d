import { z } from 'zod'

/** Where a record stands in a list: the time of its latest activity, to the microsecond that the database keeps, and its id. */
export interface RecordPosition {
  at: string
  id: string
}

const Position = z.object({
  at: z.iso.datetime({ precision: 6 }).regex(/^[12]/),
  id: z.uuid(),
})

/** A position as text, for an address. */
export function cursorOf({ at, id }: RecordPosition): string {
  return `${at}_${id}`
}

/** The position that a text names; null when it names none. Nothing else of it is believed: it only says where to read on. */
export function readCursor(text: string | null): RecordPosition | null {
  const [at, id, ...rest] = (text ?? '').split('_')
  const parsed = Position.safeParse({ at, id })
  return parsed.success && rest.length === 0 ? parsed.data : null
}
