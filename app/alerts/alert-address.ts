import { ParityError } from '../lib/errors'
import { type Sealer } from '../lib/sealing'

/** Seals the address that a shop wants to be posted to: whoever knows the address of a chat can write there. */
export function sealAddress(sealer: Sealer, shopId: string, address: string): Uint8Array<ArrayBuffer> {
  return sealer.seal(address, purpose(shopId))
}

/** The address that a shop wants to be posted to; null when it cannot be opened any more, because its key has left the ring. */
export function openAddress(sealer: Sealer, shopId: string, sealed: Uint8Array): string | null {
  try {
    return sealer.openText(sealed, purpose(shopId))
  } catch (error) {
    if (error instanceof ParityError && error.code === 'SEAL_BROKEN') return null
    throw error
  }
}

function purpose(shopId: string): string {
  return `alert-address:${shopId}`
}
