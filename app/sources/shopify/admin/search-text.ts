import { type Selection } from '~/contracts/store-reader'
import { READABLE } from './selections/readable'

/**
 * A selection in Shopify's search syntax; empty where it has no bound. Collections cannot be searched by when they were created: those bounds are
 * left out, and more is found than was asked for. Bounds are in whole seconds, as Shopify counts these times, so that two selections that share one
 * neither share a record nor leave one out.
 */
export function searchText({ resource, createdFrom, createdUntil, updatedFrom }: Selection): string {
  const { createdAt } = READABLE[resource]
  const bounds: [field: string | null, operator: string, at: Date | null][] = [
    [createdAt, '>=', createdFrom],
    [createdAt, '<', createdUntil],
    ['updated_at', '>=', updatedFrom],
  ]
  return bounds
    .flatMap(([field, operator, at]) => (field && at ? [`${field}:${operator}'${wholeSeconds(at)}'`] : []))
    .join(' ')
}

function wholeSeconds(at: Date): string {
  return `${at.toISOString().slice(0, 19)}Z`
}
