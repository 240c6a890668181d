import { type News } from '../../contracts/news'
import { type LosslessJson } from '../../lib/lossless-json'
import { omitUndefined } from '../../lib/omit-undefined'
import { type Delivery, triggerTime } from './delivery'
import { Currency, object, parseBody, required, Text, Words } from './payload'

const Shop = object({ name: Text, currency: Currency, iana_timezone: Text })
const Scopes = object({ current: Words })
const BulkOperation = object({ admin_graphql_api_id: Text })

/** The app was removed. Whatever the body says: the topic says it all. */
export function mapUninstalled(_body: LosslessJson, delivery: Delivery): News[] {
  return [{ kind: 'uninstalled', triggeredAt: triggerTime(delivery) }]
}

/** The shop's settings; null ones are unknown (`iana_timezone` comes null at times). */
export function mapShop(body: LosslessJson): News[] {
  const { name, currency, iana_timezone: timeZone } = parseBody(Shop, body)
  return [
    {
      kind: 'shop',
      ...omitUndefined({
        name: name ?? undefined,
        currency: currency ?? undefined,
        timeZone: timeZone ?? undefined,
      }),
    },
  ]
}

/** The scopes that the shop has granted now. */
export function mapScopes(body: LosslessJson): News[] {
  return [{ kind: 'scopes', scopes: required('current', parseBody(Scopes, body).current) }]
}

/** A bulk operation that ended. The body names neither its result nor, despite what is often written, its url. */
export function mapBulkOperation(body: LosslessJson): News[] {
  const { admin_graphql_api_id: id } = parseBody(BulkOperation, body)
  return [{ kind: 'run_finished', bulkOperationId: required('admin_graphql_api_id', id) }]
}
