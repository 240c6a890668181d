import { lookup, type LookupAddress, type LookupOptions } from 'node:dns'
import { type LookupFunction } from 'node:net'
import { Agent } from 'undici'
import { isPublicHost, isPublicIp } from './public-address'

/** The code of an error that says that an address leads into a network that is not public. */
export const NOT_PUBLIC = 'ERR_NOT_PUBLIC'

/** Finds all addresses of a name, as `dns.lookup` does with `all`. */
type FindAll = (
  name: string,
  options: LookupOptions & { all: true },
  tell: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void

/**
 * A `fetch` for addresses that a person of a shop has typed: https only, to public addresses only, and no redirect is followed. The name is
 * looked at again with each new connection, and the connection is made to the very addresses that were looked at, so that a name that leads
 * elsewhere a moment later (DNS rebinding) leads nowhere. Of several addresses all must be public.
 *
 * Node's `fetch` takes the connections of another undici: https://nodejs.org/api/globals.html#custom-dispatcher
 *
 * @param findAll how names are looked up
 */
export function createGuardedFetch(findAll: FindAll = lookup): typeof fetch {
  const dispatcher = new Agent({ connect: { lookup: guarded(findAll) } })
  return async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input)
    // A connection to an IP address looks nothing up.
    if (url.protocol !== 'https:' || !isPublicHost(url)) throw notPublic()
    // The browser's types, which hold here as well, know no dispatcher.
    const guardedInit: RequestInit & { dispatcher: Agent } = { ...init, redirect: 'manual', dispatcher }
    return fetch(input, guardedInit)
  }
}

/** Looks names up, and tells of their addresses when all of them are public. */
function guarded(findAll: FindAll): LookupFunction {
  return (name, options, tell) => {
    findAll(name, { ...options, all: true }, (error, addresses) => {
      const [first] = addresses ?? []
      if (error || !first) return tell(error ?? notPublic(), '', 0)
      if (!addresses.every(({ address }) => isPublicIp(address))) return tell(notPublic(), '', 0)
      return options.all ? tell(null, addresses) : tell(null, first.address, first.family)
    })
  }
}

function notPublic(): NodeJS.ErrnoException {
  return Object.assign(new Error('The address is not one of the public internet.'), { code: NOT_PUBLIC })
}

/** The one that this process uses, so that connections are kept. */
export const guardedFetch = createGuardedFetch()
