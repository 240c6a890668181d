import { type Resource } from '~/contracts/resource'
import { type Language } from './language'

/** A record in words: "Product 7310040137990". */
export function recordName({ t }: Language, record: { resource: Resource; externalId: string }): string {
  return t('record.name', { resource: t(`resource.one.${record.resource}`), id: record.externalId })
}
