import { emailHash } from '../lib/email-hash'
import { type Known, type KnownPart, NOTHING } from './known'

const EMAIL = 'maria.silva@shop.example'
const AS_OF = {
  updatedAt: '2026-01-01T12:00:00.000000000Z',
  triggeredAt: '2026-01-01T12:00:00.000000000Z',
  tie: '',
}

const PII = {
  email: EMAIL,
  phone: '+5511955550123',
  first_name: 'Maria',
  last_name: 'Silva',
  note: 'Leave it at the door',
  addresses: [{ city: 'Recife', country: 'BR' }],
}

/** What a person looks like of whom nothing personal is stored: a made-up customer, and an order of hers. */
const EXAMPLES: Record<'customer' | 'order', Record<string, Record<string, unknown>>> = {
  customer: { core: { display_name: 'Maria Silva', email_hash: emailHash(EMAIL), pii: PII } },
  order: { core: { number: '#1001', total: '20.00', email_hash: emailHash(EMAIL), pii: PII } },
}

/** What is known of a record, with an example in the place of what is not; and whether nothing of it is its own. */
export function withExample(
  resource: 'customer' | 'order',
  known: Known,
): { known: Known; isExample: boolean } {
  const parts: Record<string, KnownPart> = { ...known.parts }
  for (const [name, data] of Object.entries(EXAMPLES[resource])) {
    const own = parts[name]
    parts[name] = { asOf: own?.asOf ?? AS_OF, data: { ...data, ...withoutEmpty(own?.data ?? {}) } }
  }
  const isExample = known.parts.core === undefined
  return { known: { ...(isExample ? NOTHING : known), deletion: null, parts }, isExample }
}

/** What is empty shows no shape: the example does. */
function withoutEmpty(data: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(data).filter(([, value]) => value !== null))
}
