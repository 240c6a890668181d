import { Action, Resource } from '~/contracts/resource'
import { type Origin, type Reading } from './entry'
import { readSharedRecord } from './shared-record'
import { TooDeep } from './storable'
import { isWooResource, readWooRecord, speaksWooCommerce } from './woocommerce'

/** What an unknown name must look like to be repeated to the caller: it could be anything, also personal. */
const NAME = /^[\w:.-]{1,40}$/

/** Reads one event, `{resource, action, data}`, in either vocabulary. */
export function readEvent(event: unknown, origin: Origin): Reading {
  if (!isObject(event)) return invalid(null, 'an event must be an object')

  const { resource, action, data } = event as Record<string, unknown>
  const known = Resource.safeParse(resource)
  if (!known.success) return invalid(null, nameFault('resource', 'resource type', resource))

  const knownAction = Action.safeParse(action)
  if (!knownAction.success) return invalid(known.data, nameFault('action', 'action', action))
  if (data === undefined) return invalid(known.data, 'data is missing')
  return readRecord(known.data, knownAction.data, data, 'data', origin)
}

/**
 * Reads one record of a known resource, in either vocabulary.
 *
 * @param path where the record stood in the request, for the message
 */
export function readRecord(
  resource: Resource,
  action: Action,
  record: unknown,
  path: string,
  origin: Origin,
): Reading {
  if (!isObject(record)) return invalid(resource, `${path} must be an object`)
  try {
    return isWooResource(resource) && speaksWooCommerce(record)
      ? readWoo(resource, action, record, path, origin)
      : readShared(resource, action, record, path, origin)
  } catch (error) {
    if (error instanceof TooDeep) return invalid(resource, `${path} is nested too deeply`)
    throw error
  }
}

function readWoo(
  resource: Parameters<typeof readWooRecord>[0],
  action: Action,
  record: object,
  path: string,
  origin: Origin,
): Reading {
  if (action === 'deleted') return invalid(resource, "Invalid action: WooCommerce's names have no deletion")
  const read = readWooRecord(resource, record, path, origin)
  return typeof read === 'string'
    ? { kind: 'skipped', resource, message: read }
    : { kind: 'entry', entry: read }
}

function readShared(
  resource: Resource,
  action: Action,
  record: object,
  path: string,
  origin: Origin,
): Reading {
  const read = readSharedRecord(resource, action, record, path, origin)
  return typeof read === 'string' ? invalid(resource, read) : { kind: 'entry', entry: read }
}

function nameFault(field: string, what: string, value: unknown): string {
  if (value === undefined) return `${field} is missing`
  return typeof value === 'string' && NAME.test(value)
    ? `Invalid ${what}: ${value}`
    : `Invalid ${what} in the field ${field}`
}

function invalid(resource: Resource | null, message: string): Reading {
  return { kind: 'invalid', resource, message }
}

function isObject(value: unknown): value is object {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
}
