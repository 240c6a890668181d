import { z } from 'zod'
import { DialectName } from '~/contracts/resource'

/** The most calls at once, and a second, that a merchant can allow. */
export const MOST_AT_ONCE = 32
export const MOST_PER_SECOND = 1_000

const Digits = z
  .string()
  .trim()
  .regex(/^\d{0,6}$/, 'NOT_A_NUMBER')
const upTo = (most: number) => z.number('NOT_A_NUMBER').min(1, 'TOO_SMALL').max(most, 'TOO_LARGE')
const numberIn = (digits: string) => (digits === '' ? null : Number(digits))

/** What can stand in a header. */
const ApiKey = z
  .string()
  .trim()
  .max(1_000, 'TOO_LONG')
  .regex(/^[\x21-\x7e]*$/, 'KEY_UNPRINTABLE')

/** The forms of the page of the connection. */
export const CONNECTION_FORMS = [
  z.object({
    intent: z.literal('save-connection'),
    connection: z.uuid(),
    /** `as_it_is`: only how fast the SaaS is called is set. */
    place: z.enum(['as_it_is', 'built_in', 'environment', 'own'], 'MISSING'),
    address: z.string().default(''),
    dialect: DialectName.default('unified'),
    /** Empty: the one that is set. */
    apiKey: ApiKey.default(''),
    /** Whether another key at the same address opens the same account. */
    account: z.enum(['same', 'other']).default('same'),
    /** Empty: no limit. */
    callsPerSecond: Digits.transform(numberIn).pipe(upTo(MOST_PER_SECOND).nullable()),
    concurrency: Digits.transform(numberIn).pipe(upTo(MOST_AT_ONCE)),
  }),
  z.object({ intent: z.literal('disconnect'), connection: z.uuid() }),
  z.object({ intent: z.literal('send-test-event'), connection: z.uuid() }),
] as const
