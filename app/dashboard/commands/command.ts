import { z } from 'zod'
import { Notice } from '~/contracts/notice'
import { PiiPolicy, Resource } from '~/contracts/resource'
import { READING_ORDER } from '~/contracts/store-reader'
import { type FieldFaults } from '~/lib/field-error'
import { CONNECTION_FORMS } from './connection-forms'
import { type TestAnswer } from './send-test.server'
import { ReplayableState } from '~/contracts/states'

/** Where commands are sent: a form, URL-encoded, in the name of the shop whose session it is. */
export const COMMANDS_PATH = '/app/commands'

const Ids = z.array(z.uuid()).min(1)
/** ISO 8601, in any zone. */
const Since = z.iso.datetime({ offset: true })

/** A whole number, as a person writes it; how many there may be is for whoever keeps them. */
const Days = z
  .string()
  .trim()
  .regex(/^\d{1,6}$/, 'NOT_A_NUMBER')
  .transform(Number)

/** What a person can ask for, as a form says it. `id` may be there several times. */
export const Command = z.discriminatedUnion('intent', [
  z.object({ intent: z.literal('pause'), connection: z.uuid() }),
  z.object({ intent: z.literal('resume'), connection: z.uuid() }),
  z.object({ intent: z.literal('replay'), id: Ids }),
  z.object({ intent: z.literal('replay-dead'), since: Since, resource: Resource.optional() }),
  z.object({ intent: z.literal('dismiss'), id: Ids, reason: z.string() }),
  /** Those of them that wait for their next try are tried now. */
  z.object({ intent: z.literal('retry'), id: Ids }),
  /** All records in a state, or all that are under way; of a resource, or all. */
  z.object({
    intent: z.literal('replay-matching'),
    state: z.enum([...ReplayableState.options, 'under_way']),
    resource: Resource.optional(),
  }),
  /** All dead letters of a resource that died of one cause, by the cause's key. */
  z.object({ intent: z.literal('replay-group'), resource: Resource, cause: z.string() }),
  z.object({ intent: z.literal('dismiss-group'), resource: Resource, cause: z.string(), reason: z.string() }),
  z.object({ intent: z.literal('replay-event'), event: z.uuid() }),
  z.object({ intent: z.literal('replay-events'), since: Since }),
  /** Without a resource: all that are mirrored. Without a time: all there are. */
  z.object({ intent: z.literal('backfill'), resource: z.string().optional(), since: Since.optional() }),
  z.object({ intent: z.literal('reconcile') }),
  z.object({ intent: z.literal('cancel-run'), run: z.uuid() }),
  z.object({ intent: z.literal('start-run-again'), run: z.uuid() }),
  z.object({ intent: z.literal('confirm-run'), run: z.uuid() }),
  z.object({ intent: z.literal('decline-run'), run: z.uuid() }),
  z.object({ intent: z.literal('dismiss-notice'), notice: Notice }),
  z.object({
    intent: z.literal('save-alerts'),
    email: z.union([z.literal(''), z.email('EMAIL_INVALID').max(254, 'TOO_LONG')]),
    webhook: z.string(),
    failures: z.coerce
      .number('NOT_A_NUMBER')
      .int('NOT_A_NUMBER')
      .min(1, 'TOO_SMALL')
      .max(1_000_000, 'TOO_LARGE'),
    locale: z.string().max(35),
  }),
  z.object({ intent: z.literal('test-alert') }),
  z.object({
    intent: z.literal('save-mirror'),
    resources: z.array(z.enum(READING_ORDER)).default([]),
    includeTestOrders: z.enum(['true', 'false']),
  }),
  z.object({ intent: z.literal('remove-resource'), resource: Resource, confirmed: z.string().optional() }),
  z.object({ intent: z.literal('cancel-removal'), run: z.uuid() }),
  z.object({
    intent: z.literal('save-privacy'),
    policy: PiiPolicy,
    payloadDays: Days,
    historyDays: Days,
    statisticDays: Days,
  }),
  z.object({ intent: z.literal('renew-alert-secret') }),
  ...CONNECTION_FORMS,
])
export type Command = z.infer<typeof Command>

/** The fields of a form as a page sends them, by name; a list is a field that is there several times, and none when it is empty. */
export type CommandFields = Record<string, string | readonly string[]>

/** What became of a command that was carried out. */
export interface CommandDone {
  ok: true
  intent: Command['intent']
  /** How many records or events it reached; null where it does not count. */
  count: number | null
  /** Those that it did not reach, and why, as a code. */
  left: { id: string; why: string }[]
  /** What became of a replayed event. */
  outcome?: string
  /** A secret that was made, and that nobody can read again. */
  secret?: string
  /** What came back of a test event. */
  test?: TestAnswer
}

/** A command that was refused: nothing has changed. */
export interface CommandRefused {
  ok: false
  /** Stable, for machines. */
  code: string
  /** For people. */
  message: string
  /** What is wrong with which field of the form: a code each, whose words are `field.<code>`. */
  fields?: FieldFaults
}

/** What a command is answered. */
export type CommandAnswer = CommandDone | CommandRefused
