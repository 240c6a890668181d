import { z } from 'zod'
import { AlertChannel, IncidentKind, NoticeSubject } from '../contracts/incident'
import { ConnectionState } from '../contracts/states'

/** A notice that is to be sent, with all that it tells and where it goes. */
export const DueNotice = z.object({
  id: z.string(),
  shopId: z.string(),
  subject: NoticeSubject,
  channel: AlertChannel,
  /** How often it has been tried, this time included. */
  tries: z.number(),
  madeAt: z.date(),
  incidentId: z.string().nullable(),
  kind: IncidentKind.nullable(),
  cause: ConnectionState.nullable(),
  /** How many records have failed. */
  count: z.number().nullable(),
  openedAt: z.date().nullable(),
  closedAt: z.date().nullable(),
  domain: z.string(),
  shopName: z.string().nullable(),
  timeZone: z.string().nullable(),
  locale: z.string(),
  email: z.string().nullable(),
  webhookUrl: z.instanceof(Uint8Array).nullable(),
  webhookSecret: z.instanceof(Uint8Array).nullable(),
})
export type DueNotice = z.infer<typeof DueNotice>

/** What a notice says, in the language of whom it is for. */
export interface Told {
  title: string
  body: string
}

/** Finds the words for a notice. */
export type TellOf = (notice: DueNotice) => Told
