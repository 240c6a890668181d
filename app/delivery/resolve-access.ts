import { ParityError } from '../lib/errors'
import { type Sealer } from '../lib/sealing'
import { type GivenBy } from '../saas/call-saas'
import { keyPurpose } from '../shops/ensure-shops'
import { type DeliveryTarget } from '../shops/read-delivery-target'

/** How the SaaS of a target is reached; or why it is not, in words for a person. */
export type Access =
  { kind: 'address'; address: string; apiKey: string; givenBy: GivenBy } | { kind: 'none'; words: string }

/** Where keys and addresses come from that are not in the connection's row. */
export interface AccessOptions {
  sealer: Sealer
  /** The operator's key, read at call time. */
  environmentKey(): string | undefined
  /** Where the built-in receiver listens. */
  builtInAddress: string
}

/** Finds address and key of a target's SaaS at call time. */
export function resolveAccess({ shopId, connection }: DeliveryTarget, options: AccessOptions): Access {
  const address = connection.kind === 'built_in' ? options.builtInAddress : connection.address
  try {
    const apiKey =
      connection.kind === 'environment'
        ? options.environmentKey()
        : connection.sealedKey && options.sealer.openText(connection.sealedKey, keyPurpose(shopId))
    const givenBy = connection.kind === 'merchant' ? 'merchant' : 'operator'
    if (address && apiKey) return { kind: 'address', address, apiKey, givenBy }
    return { kind: 'none', words: 'The address or the API key of the SaaS is missing.' }
  } catch (error) {
    if (error instanceof ParityError) return { kind: 'none', words: error.userMessage }
    throw error
  }
}
