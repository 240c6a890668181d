import { z } from 'zod'
import { type PayloadView } from '../presenters/event-page.server'
import { type ContentView } from '../presenters/record-content.server'

/** Where personal data is asked for: a form, URL-encoded, in the name of the person whose session it is. */
export const PERSONAL_DATA_PATH = '/app/personal-data'

/** As many records as a list shows. */
const MOST_RECORDS = 50

/** What a person wants to see in full: the payload of an event, a record's content, or the names of records in a list. `id` may be there several times. */
export const RevealWish = z.discriminatedUnion('subject', [
  z.object({ subject: z.literal('event'), id: z.tuple([z.uuid()]) }),
  z.object({ subject: z.literal('record'), id: z.tuple([z.uuid()]) }),
  z.object({ subject: z.literal('records'), id: z.array(z.uuid()).min(1).max(MOST_RECORDS) }),
])
export type RevealWish = z.infer<typeof RevealWish>

/** What is shown, for the page that asked and nobody else. */
export type Shown =
  | { subject: 'event'; payload: PayloadView }
  | ({ subject: 'record' } & ContentView)
  /** By the records' ids. */
  | { subject: 'records'; names: Record<string, string> }

/** What a wish is answered: what was asked for, or why not. */
export type RevealAnswer = ({ ok: true } & Shown) | { ok: false; code: string; message: string }
