import { z } from 'zod'

/** What a person can put away for good: the list of first steps, or one wording of what is out of reach. */
export const Notice = z.union([z.literal('onboarding'), z.string().regex(/^reach\/[0-9a-f]{16}$/)])
export type Notice = z.infer<typeof Notice>
