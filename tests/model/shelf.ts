import { z } from 'zod'
import { type Envelope } from '~/contracts/shared-schema'
import { desiredHash } from '~/records/compose-record'
import { type Says } from './store'

/** What a SaaS holds of a record. */
export interface Held {
  revision: number
  /** The hash of what it was sent, as Parity counts what a SaaS would see. */
  hash: string
  says: Says
}

/** What the tenants of a SaaS hold. */
export interface Shelf {
  holds(tenant: number, record: string): Held | undefined
  /** Takes a record, unless what is held is newer. @returns whether it took it */
  take(tenant: number, envelope: Envelope): boolean
  /** Whether there is nothing to delete: then a 404 in the SaaS's own words is a success. It is remembered as a deletion. */
  isGone(tenant: number, envelope: Envelope): boolean
}

const Content = z.object({ total: z.string(), test: z.boolean() })

export function createShelf(): Shelf {
  const held = new Map<string, Held>()

  const shelf: Shelf = {
    holds: (tenant, record) => held.get(`${tenant}/${record}`),
    take(tenant, envelope) {
      const { external_id: record, revision } = envelope.data
      if ((shelf.holds(tenant, record)?.revision ?? 0) > revision) return false
      const says = envelope.action === 'deleted' ? 'gone' : Content.parse(envelope.data)
      held.set(`${tenant}/${record}`, { revision, hash: hashOf(envelope), says })
      return true
    },
    isGone(tenant, envelope) {
      const { says = 'gone' } = shelf.holds(tenant, envelope.data.external_id) ?? {}
      return envelope.action === 'deleted' && says === 'gone' && shelf.take(tenant, envelope)
    },
  }
  return shelf
}

/** The hash of what was sent, as Parity counts what a SaaS would see. */
export function hashOf({ action, data: { revision: _revision, ...data } }: Envelope): string {
  return desiredHash({ action, data })
}
