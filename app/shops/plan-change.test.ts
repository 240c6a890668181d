import { describe, expect, it } from 'vitest'
import {
  type ChangeableConnection,
  type ConnectionChange,
  isNewGeneration,
  isNewPlace,
  planChange,
} from './plan-change'

const KEY = Uint8Array.of(1)
const BEFORE: ChangeableConnection = {
  kind: 'merchant',
  address: 'https://saas.example',
  sealedKey: KEY,
  dialect: 'unified',
  piiPolicy: 'minimal',
  resources: ['order', 'product'],
  includeTestOrders: false,
  erasedFields: [],
  chosen: [],
  state: 'connected',
  stateReason: null,
}
const UNINSTALLED: ChangeableConnection = {
  ...BEFORE,
  kind: 'built_in',
  address: null,
  sealedKey: null,
  state: 'not_connected',
  stateReason: 'The app is not installed.',
}
const OTHER_KEY = Uint8Array.of(2)

describe('a change of a connection', () => {
  it.each<[string, ConnectionChange, string[]]>([
    ['nothing', {}, []],
    [
      'what it is already',
      { address: BEFORE.address, piiPolicy: 'minimal', resources: ['product', 'order', 'order'] },
      [],
    ],
    ['the address', { address: 'https://other.example' }, ['address']],
    ['the key of the same tenant', { key: { sealed: OTHER_KEY, isSameTenant: true } }, ['key']],
    ['the key of another tenant', { key: { sealed: OTHER_KEY, isSameTenant: false } }, ['tenant', 'key']],
    ['the policy', { piiPolicy: 'full' }, ['policy']],
    ['the selection', { resources: ['order'] }, ['selection']],
    ['test orders', { includeTestOrders: true }, ['selection']],
    ['whether it can be reached', { reach: { state: 'not_connected', stateReason: 'No key.' } }, ['reach']],
    ['that it still can', { reach: { state: 'connected', stateReason: null } }, []],
    ['what a person has chosen', { chooses: { place: true } }, ['choice']],
    ['what nobody has chosen anyway', { chooses: { place: false, policy: false } }, []],
    ['who gave the address', { kind: 'environment' }, ['tenant', 'key']],
    [
      'who gave the address, with a key of the same tenant',
      { kind: 'environment', key: { sealed: null, isSameTenant: true } },
      ['key'],
    ],
  ])('of %s differs in just that', (_name, change, differences) => {
    expect(planChange(BEFORE, change).differences).toEqual(differences)
  })

  it('is a new generation unless only the key or the reach differs, and a new place with address or tenant', () => {
    expect(isNewGeneration(['key', 'reach', 'choice'])).toBe(false)
    for (const one of ['address', 'tenant', 'dialect', 'policy', 'selection'] as const)
      expect(isNewGeneration([one])).toBe(true)
    expect(isNewPlace(['address'])).toBe(true)
    expect(isNewPlace(['tenant', 'key'])).toBe(true)
    expect(isNewPlace(['dialect', 'policy', 'selection', 'key', 'reach'])).toBe(false)
  })

  it('has a refused connection tried anew, and leaves one that cannot be tried as it is', () => {
    const refused = { ...BEFORE, state: 'refused' as const, stateReason: 'Wrong key.' }
    const rotated = { key: { sealed: OTHER_KEY, isSameTenant: true } }
    expect(planChange(refused, rotated).after).toMatchObject({ state: 'connected', stateReason: null })
    expect(planChange(UNINSTALLED, { piiPolicy: 'none' }).after).toMatchObject({ state: 'not_connected' })
  })
})

describe('what is erased', () => {
  const after = (before: Partial<ChangeableConnection>, change: ConnectionChange) =>
    planChange({ ...BEFORE, ...before }, change).after.erasedFields

  it('is what the stricter policy does not let out any more', () => {
    expect(after({ piiPolicy: 'minimal' }, { piiPolicy: 'none' })).toEqual(['display_name'])
    expect(after({ piiPolicy: 'full' }, { piiPolicy: 'minimal' })).toEqual(['pii'])
    expect(after({ piiPolicy: 'full' }, { piiPolicy: 'none' })).toEqual(['display_name', 'pii'])
  })

  it('adds up over steps, and is what the policy allows no longer when it is allowed again', () => {
    const erasedFields = ['pii']
    expect(after({ piiPolicy: 'minimal', erasedFields }, { piiPolicy: 'none' })).toEqual([
      'display_name',
      'pii',
    ])
    expect(
      after({ piiPolicy: 'none', erasedFields: ['display_name', 'pii'] }, { piiPolicy: 'minimal' }),
    ).toEqual(['pii'])
    expect(after({ piiPolicy: 'minimal', erasedFields }, { piiPolicy: 'full' })).toEqual([])
  })

  it('is nothing at another address, which has had nothing', () => {
    const erasedFields = ['pii']
    expect(after({ erasedFields }, { address: 'https://other.example' })).toEqual([])
    expect(after({ piiPolicy: 'full' }, { address: 'https://other.example', piiPolicy: 'none' })).toEqual([])
    expect(after({ erasedFields }, { key: { sealed: OTHER_KEY, isSameTenant: false } })).toEqual([])
    expect(after({ erasedFields }, { key: { sealed: OTHER_KEY, isSameTenant: true } })).toEqual(['pii'])
  })

  it('is kept over a reinstallation: the place may be the one before', () => {
    const back: ConnectionChange = {
      kind: 'environment',
      address: 'https://saas.example',
      piiPolicy: 'none',
      key: { sealed: null, isSameTenant: false },
      reach: { state: 'connected', stateReason: null },
    }
    const { differences, after: connection } = planChange({ ...UNINSTALLED, piiPolicy: 'full' }, back)
    expect(isNewPlace(differences)).toBe(true)
    expect(connection).toMatchObject({ state: 'connected', erasedFields: ['display_name', 'pii'] })
  })
})
