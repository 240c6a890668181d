import { type PendingCall } from './saas'

/** Remembers what was sent under which name: one revision of a record, like one idempotency key, always means the same bytes to the same tenant. */
export interface Meanings {
  /** @returns what was sent under a name that meant something else, in words */
  note(call: PendingCall): string[]
}

export function createMeanings(): Meanings {
  const known = new Map<string, string>()

  return {
    note({ tenant, envelopes, arrived }) {
      const key = String(arrived.request.headers['idempotency-key'])
      const names: [name: string, bytes: string][] = [
        [`the key ${key}`, arrived.body],
        ...envelopes.map((envelope): [string, string] => [
          `revision ${envelope.data.revision} of record ${envelope.data.external_id}`,
          JSON.stringify(envelope),
        ]),
      ]
      return names.flatMap(([name, bytes]) => noteOne(name, `${tenant} ${bytes}`))
    },
  }

  function noteOne(name: string, meaning: string): string[] {
    const before = known.get(name) ?? meaning
    known.set(name, before)
    return before === meaning ? [] : [`Two things were sent under ${name}:\n  ${before}\n  ${meaning}`]
  }
}
