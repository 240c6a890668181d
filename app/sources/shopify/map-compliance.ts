import { type ComplianceNews, type News } from '../../contracts/news'
import { type LosslessJson } from '../../lib/lossless-json'
import { Id, IDS, knownId, list, object, parseBody } from './payload'

const Request = object({
  customer: object(IDS).nullable(),
  orders_requested: list(Id),
  orders_to_redact: list(Id),
})

/** What the law asks. A customer who only ever gave an address, or a shop, comes without an id. */
export function mapCompliance(request: ComplianceNews['request']) {
  return (body: LosslessJson): News[] => {
    const { customer, orders_requested: asked, orders_to_redact: toRedact } = parseBody(Request, body)
    const orders = [...(asked ?? []), ...(toRedact ?? [])]
    return [
      {
        kind: 'compliance',
        request,
        customerExternalId: (customer && knownId(customer)) ?? null,
        orderExternalIds: orders.filter((id) => id !== null),
      },
    ]
  }
}
