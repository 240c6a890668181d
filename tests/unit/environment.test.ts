import { randomBytes } from 'node:crypto'
import { parseEnv } from 'node:util'
import { describe, expect, it } from 'vitest'
import { parseConfig } from '~/config.server'
import { readRepositoryFile } from '../support/source-text'

const EXAMPLE = parseEnv(readRepositoryFile('.env.example')) as Record<string, string>

/** The names in the first column of the README's table of the environment. */
function documented(): string[] {
  const section = readRepositoryFile('README.md').split('\n## Environment\n')[1]?.split('\n## ')[0] ?? ''
  return [...section.matchAll(/^\| `([A-Z_]+)`/gm)].map(([, name]) => name ?? '')
}

/** The names that app/config.server.ts reads; NODE_ENV is not the operator's. */
function readByProgram(): string[] {
  const names = [...readRepositoryFile('app/config.server.ts').matchAll(/^ {2}([A-Z][A-Z_]+): /gm)]
  return names.map(([, name]) => name ?? '').filter((name) => name !== 'NODE_ENV')
}

describe('the environment', () => {
  it('boots when .env.example is copied and what is secret is filled in', () => {
    const secrets = {
      SHOPIFY_API_KEY: 'made-up',
      SHOPIFY_API_SECRET: 'made-up',
      PARITY_ENCRYPTION_KEY: randomBytes(32).toString('base64'),
    }
    const config = parseConfig({ ...EXAMPLE, ...secrets })
    expect(config).toMatchObject({ PORT: 3000, PARITY_ROLE: 'all' })
    expect(config.SAAS_API_URL).toBeUndefined()
    expect(() => parseConfig(EXAMPLE)).toThrow(
      /: *\n.*SHOPIFY_API_KEY is missing\n.*SHOPIFY_API_SECRET is missing\n.*PARITY_ENCRYPTION_KEY is missing$/,
    )
  })

  it('has every variable of the program in .env.example, and no other', () => {
    expect(Object.keys(EXAMPLE).sort()).toEqual(readByProgram().sort())
  })

  it('is told variable by variable in the README', () => {
    expect(documented().sort()).toEqual(Object.keys(EXAMPLE).sort())
  })
})
