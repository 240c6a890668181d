import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { ConfigError, parseConfig } from './config.server'

const KEY = randomBytes(32).toString('base64')
const COMPLETE = {
  DATABASE_URL: 'postgresql://parity@localhost/parity',
  SHOPIFY_API_KEY: 'key',
  SHOPIFY_API_SECRET: 'hush-hush',
  SHOPIFY_APP_URL: 'https://parity.example/',
  SCOPES: 'read_products, read_orders',
  PARITY_ENCRYPTION_KEY: KEY,
}

function faultsOf(env: Record<string, string | undefined>): string[] {
  try {
    parseConfig(env)
  } catch (error) {
    if (error instanceof ConfigError) return error.faults
  }
  return []
}

describe('the environment', () => {
  it('is complete with what has no default, and the rest is as documented', () => {
    expect(parseConfig(COMPLETE)).toMatchObject({
      PORT: 3000,
      HOST: '0.0.0.0',
      PARITY_ROLE: 'all',
      SAAS_DIALECT: 'unified',
      SAAS_PII_POLICY: 'minimal',
      LOG_LEVEL: 'info',
      SHOPIFY_APP_URL: 'https://parity.example',
      SCOPES: ['read_products', 'read_orders'],
    })
  })

  it('takes empty variables for absent ones', () => {
    const names = [
      'PORT',
      'HOST',
      'PARITY_ROLE',
      'SAAS_API_URL',
      'SAAS_API_KEY',
      'SAAS_DIALECT',
      'SAAS_PII_POLICY',
      'LOG_LEVEL',
      'SHOPIFY_API_SECRET_PREVIOUS',
    ]
    expect(parseConfig({ ...COMPLETE, ...Object.fromEntries(names.map((name) => [name, ''])) })).toEqual(
      parseConfig(COMPLETE),
    )
    expect(faultsOf({ ...COMPLETE, SHOPIFY_API_SECRET: '' })).toEqual(['SHOPIFY_API_SECRET is missing'])
  })

  it('names every fault at once', () => {
    expect(faultsOf({})).toEqual([
      'DATABASE_URL is missing',
      'SHOPIFY_API_KEY is missing',
      'SHOPIFY_API_SECRET is missing',
      'SHOPIFY_APP_URL is missing',
      'SCOPES is missing',
      'PARITY_ENCRYPTION_KEY is missing',
    ])
  })

  it.each([
    ['DATABASE_URL', 'mysql://hush', 'must be a postgresql:// URL'],
    ['PORT', 'hush', 'expected number'],
    ['PORT', '70000', 'Too big'],
    ['PORT', '0', 'Too small'],
    ['SHOPIFY_APP_URL', 'hush', 'must be an http or https URL'],
    ['SHOPIFY_APP_URL', 'ftp://hush.example', 'must be an http or https URL'],
    ['SAAS_API_URL', 'hush', 'must be an http or https URL'],
    ['PARITY_ENCRYPTION_KEY', 'hush', 'must be 32 bytes in base64'],
    ['PARITY_ENCRYPTION_KEY', `${KEY},hush`, 'must be 32 bytes in base64'],
    ['PARITY_ROLE', 'hush', 'expected one of'],
    ['SAAS_DIALECT', 'hush', 'expected'],
    ['SAAS_PII_POLICY', 'hush', 'expected one of'],
    ['LOG_LEVEL', 'hush', 'expected one of'],
  ])('says what is wrong with %s without printing it (%s)', (name, value, fault) => {
    const faults = faultsOf({ ...COMPLETE, [name]: value })
    expect(faults).toHaveLength(1)
    expect(faults[0]).toContain(`${name} `)
    expect(faults[0]).toContain(fault)
    expect(faults[0]).not.toContain('hush')
  })

  it('may have several encryption keys, the first of which seals', () => {
    const other = randomBytes(32)
    const [first, second] = parseConfig({
      ...COMPLETE,
      PARITY_ENCRYPTION_KEY: `${KEY}, ${other.toString('base64')}`,
    }).PARITY_ENCRYPTION_KEY
    expect(first.toString('base64')).toBe(KEY)
    expect(second).toEqual(other)
  })

  it('allows http and private addresses of the operator', () => {
    expect(parseConfig({ ...COMPLETE, SAAS_API_URL: 'http://10.0.0.7:8080/api/' }).SAAS_API_URL).toBe(
      'http://10.0.0.7:8080/api',
    )
  })
})
