import { z } from 'zod'

/** What can go wrong with a shop for so long that people are to be told. */
export const IncidentKind = z.enum([
  /** The SaaS takes nothing: it cannot be reached, or refuses the key, the address or the account. */
  'connection',
  /** Records that failed pile up. */
  'failures',
])
export type IncidentKind = z.infer<typeof IncidentKind>

/** What a notice says of an incident; `test` is about none. */
export const NoticeSubject = z.enum(['begun', 'over', 'test'])
export type NoticeSubject = z.infer<typeof NoticeSubject>

/** The ways in which a shop is told. */
export const AlertChannel = z.enum(['email', 'webhook'])
export type AlertChannel = z.infer<typeof AlertChannel>
