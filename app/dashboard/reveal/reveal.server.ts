import { type Database } from '~/db.server'
import { ParityError } from '~/lib/errors'
import { type Sealer } from '~/lib/sealing'
import { type Clock } from '~/lib/time'
import { revealEvent } from '../presenters/event-page.server'
import { presentRecordPage } from '../presenters/record-page.server'
import { presentRecordRows } from '../presenters/record-rows.server'
import { type ShopScope } from '../presenters/scope.server'
import { logViews, type ViewedSubject } from './log-view'
import { isPermitted } from './permitted'
import { type RevealWish, type Shown } from './reveal-wish'

/** Who asks: Shopify's id of the person, and the scopes that their permissions allow. */
export interface AskingPerson {
  userId: string
  scopes: readonly string[]
}

/** What personal data is shown with. */
export interface RevealPorts {
  db: Database
  sealer: Sealer
  clock: Clock
}

/**
 * What a person asks to see, with its personal data: only what their permissions in Shopify include, and only after it has been noted who
 * saw it.
 *
 * @throws ParityError `VIEW_NOT_PERMITTED`, or `VIEW_MISSING` when the shop has no such thing; nothing is noted then
 */
export async function reveal(
  ports: RevealPorts,
  scope: ShopScope,
  person: AskingPerson,
  wish: RevealWish,
): Promise<Shown> {
  const found = await read(ports, scope, wish)
  if (!found) throw refusal('VIEW_MISSING', 'There is nothing here that could be shown.')
  const { shown, viewed } = found
  if (!viewed.every(({ resource }) => isPermitted(person.scopes, resource)))
    throw refusal(
      'VIEW_NOT_PERMITTED',
      'Your permissions in Shopify do not include this personal data. Whoever manages users in your store can change that.',
    )
  await logViews(ports.db, { store: scope.domain, userId: person.userId }, viewed, ports.clock())
  return shown
}

async function read(
  ports: RevealPorts,
  scope: ShopScope,
  wish: RevealWish,
): Promise<{ shown: Shown; viewed: ViewedSubject[] } | null> {
  switch (wish.subject) {
    case 'event': {
      const event = await revealEvent(ports, scope, wish.id[0])
      if (event?.payload.kind !== 'shown') return null
      const { payload, ...viewed } = event
      return { shown: { subject: 'event', payload }, viewed: [{ subject: 'event', ...viewed }] }
    }
    case 'record': {
      const page = await presentRecordPage(ports, scope, wish.id[0], { before: null, reveal: true })
      if (!page) return null
      const { id, resource, externalId } = page.record
      const { name, content } = page
      const viewed = [{ subject: 'record' as const, id, resource, externalId }]
      return { shown: { subject: 'record', name, content }, viewed }
    }
    case 'records': {
      const rows = await presentRecordRows({ ...ports, reveal: true }, scope, wish.id)
      if (rows.length === 0) return null
      const names = Object.fromEntries(rows.flatMap(({ id, name }) => (name === null ? [] : [[id, name]])))
      const viewed = rows.map(({ id, resource, externalId }) => ({
        ...{ subject: 'record' as const, id, resource, externalId },
      }))
      return { shown: { subject: 'records', names }, viewed }
    }
  }
}

function refusal(code: string, words: string): ParityError {
  return new ParityError(code, { message: words, userMessage: words })
}
