import { z } from 'zod'

/** A time of the database as ISO 8601 in UTC. */
export const Instant = z.date().transform((date) => date.toISOString())
