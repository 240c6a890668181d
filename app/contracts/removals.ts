import { z } from 'zod'
import { Resource } from './resource'

/** The resources that a person wants removed from the SaaS, each with when that was said (ISO 8601, UTC). */
export const Removals = z.partialRecord(Resource, z.iso.datetime())
export type Removals = z.infer<typeof Removals>
