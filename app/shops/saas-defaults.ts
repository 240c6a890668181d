import { type DialectName, type PiiPolicy, type Resource } from '../contracts/resource'
import { type ConnectionState } from '../contracts/states'

/** What is mirrored unless a merchant chooses otherwise. */
export const DEFAULT_RESOURCES: Resource[] = ['product', 'category', 'customer', 'order']

/** Where the operator's environment says that shops are mirrored to, unless a merchant chose otherwise. */
export interface SaasDefaults {
  kind: 'environment' | 'built_in'
  /** Base URL; null for the built-in receiver. */
  address: string | null
  dialect: DialectName
  piiPolicy: PiiPolicy
  /** Whether calls can be made: an address without a key is not connected. */
  state: Extract<ConnectionState, 'connected' | 'not_connected'>
  stateReason: string | null
}

interface SaasEnvironment {
  SAAS_API_URL?: string | undefined
  SAAS_API_KEY?: string | undefined
  SAAS_DIALECT: DialectName
  SAAS_PII_POLICY: PiiPolicy
}

/** Reads the defaults from the environment: an address and a key connect every shop; no address means the built-in receiver. */
export function saasDefaults(env: SaasEnvironment): SaasDefaults {
  const common = { dialect: env.SAAS_DIALECT, piiPolicy: env.SAAS_PII_POLICY }
  if (env.SAAS_API_URL === undefined) {
    return { ...common, kind: 'built_in', address: null, state: 'connected', stateReason: null }
  }
  const connected = env.SAAS_API_KEY !== undefined
  return {
    ...common,
    kind: 'environment',
    address: env.SAAS_API_URL,
    state: connected ? 'connected' : 'not_connected',
    stateReason: connected ? null : 'The address of the SaaS is set, and its API key is not.',
  }
}
