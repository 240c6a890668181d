import { PERSONAL_FIELDS, type PiiPolicy, type Resource } from '../contracts/resource'
import { DATA } from '../contracts/shared-schema'
import { withinPiiPolicy } from './apply-pii-policy'
import { composeRecord, type RecordIdentity } from './compose-record'
import { type Known } from './known'

/** What becomes of a field when it is sent: it leaves, only its hash leaves, or nothing of it. */
export type Leaving = 'sent' | 'hash' | 'not_sent'

/** A field with personal data. */
export interface PersonalField {
  /** As the SaaS sees it, such as `display_name` or `pii.email`. */
  name: string
  value: unknown
  under: Record<PiiPolicy, Leaving>
}

/** What leaves of a record. */
export interface PersonalPreview {
  personal: PersonalField[]
  /** The names of all other fields that such a record can have: they leave under every policy. */
  others: string[]
}

/** The only field made from personal data that always leaves, as what nobody can turn back. */
const HASH = 'email_hash'

/**
 * Which fields of a record leave under each policy: found out by composing it under each, as what is sent is composed. Empty where its core
 * is not known.
 */
export function personalPreview(identity: RecordIdentity, known: Known): PersonalPreview {
  const fieldsUnder = (policy: PiiPolicy) =>
    flatten(composeRecord({ ...identity, erasedFields: [] }, withinPiiPolicy(known, policy))?.data ?? {})
  const under = { none: fieldsUnder('none'), minimal: fieldsUnder('minimal'), full: fieldsUnder('full') }
  const personal = [...under.full].filter(([name]) => isPersonal(name))
  return {
    personal: personal.map(([name, value]) => ({
      name,
      value,
      under: {
        none: leavingOf(name, under.none),
        minimal: leavingOf(name, under.minimal),
        full: leavingOf(name, under.full),
      },
    })),
    others: namesOf(identity.resource).filter((name) => !isPersonal(name)),
  }
}

/** What the shared schema has of a resource, but for what only a deletion says. */
function namesOf(resource: Resource): string[] {
  return Object.keys(DATA[resource].shape)
    .filter((name) => !OF_DELETIONS.includes(name))
    .sort()
}

const OF_DELETIONS = ['deleted_at', 'merged_into_external_id']

/** The fields of a record by name, with those of a personal group each for itself. */
function flatten(data: Record<string, unknown>): Map<string, unknown> {
  const fields = new Map<string, unknown>()
  for (const [name, value] of Object.entries(data)) {
    if (isGroup(name, value))
      for (const [key, each] of Object.entries(value)) fields.set(`${name}.${key}`, each)
    else fields.set(name, value)
  }
  return fields
}

function isGroup(name: string, value: unknown): value is Record<string, unknown> {
  return isPersonal(name) && typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isPersonal(name: string): boolean {
  return name === HASH || PERSONAL_FIELDS.full.includes(name.split('.')[0]!)
}

function leavingOf(name: string, fields: Map<string, unknown>): Leaving {
  if (!fields.has(name)) return 'not_sent'
  return name === HASH ? 'hash' : 'sent'
}
