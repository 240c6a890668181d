import { beforeAll, describe, expect, it } from 'vitest'
import { environmentReaders, impureMappers, recordWriters, strangePackages } from '../support/house-rules'
import { breachesOf, type Law, readLaw } from '../support/import-law'
import { readRepositoryFile, readSources, type SourceText } from '../support/source-text'

let law: Law
let app: SourceText[]

beforeAll(() => {
  law = readLaw(readRepositoryFile('docs/architecture.md'))
  app = readSources('app')
})

describe('the house keeps its law (docs/architecture.md)', () => {
  it('has its imports going down only, and never to a sibling', () => {
    expect(breachesOf(app, law)).toEqual([])
  })

  it('uses only the packages that a layer may know', () => {
    expect(strangePackages(app)).toEqual([])
  })

  it('reads the environment in one place', () => {
    expect(environmentReaders(app)).toEqual([])
  })

  it('writes records in one place', () => {
    expect(recordWriters(app)).toEqual([])
  })

  it('maps purely', () => {
    expect(impureMappers(app)).toEqual([])
  })
})

describe('the law finds', () => {
  const file = (path: string, ...lines: string[]): SourceText => ({ path, text: lines.join('\n') })
  const breaches = (path: string, ...lines: string[]) => breachesOf([file(path, ...lines)], law)

  it('an import of a layer above, and says which line and which document', () => {
    expect(breaches('app/saas/made-up.ts', '', "import { sweep } from '~/delivery/sweep'")).toEqual([
      'app/saas/made-up.ts:2: "~/delivery/sweep" is of the layer delivery, which saas may not import. See "The law" in docs/architecture.md.',
    ])
  })

  it.each([
    ['a sibling', 'app/privacy/made-up.ts', "import { x } from '../dashboard/words'"],
    ['a type of a sibling', 'app/records/made-up.ts', "import { type Source } from '../shops/read-source'"],
    ['a dynamic import', 'app/records/made-up.ts', "const x = await import('../intake/batcher')"],
    ['a re-export', 'app/lib/made-up.ts', "export * from '~/contracts/news'"],
    ['an import type', 'app/lib/made-up.ts', "let x: import('~/contracts/news').News"],
    ['the receiver that knows delivery', 'app/receiver/made-up.ts', "import '../delivery/sweep'"],
    ['the receiver that knows the queue', 'app/receiver/made-up.ts', "import '~/jobs/catalog'"],
    ['a source that knows another', 'app/sources/hostaway/a.ts', "import '../shopify/payload'"],
    [
      'a stand-in in the product',
      'app/routes/made-up.tsx',
      "import { startPostgres } from '../../dev/postgres'",
    ],
    ['a test in the product', 'app/delivery/made-up.ts', "import '../../tests/support/rows'"],
    ['a folder without a layer', 'app/utils/made-up.ts', ''],
    ['an import of a folder without a layer', 'app/routes/made-up.ts', "import '~/utils/made-up'"],
  ])('%s', (_what, path, line) => {
    expect(breaches(path, line)).toHaveLength(1)
  })

  it('nothing in imports that go down', () => {
    expect(breaches('app/intake/made-up.ts', "import '../records/fold-news'", "import 'uuid'")).toEqual([])
    expect(breaches('app/sources/registry.ts', "import './shopify/payload'")).toEqual([])
  })

  it.each([
    [
      'a table of the database in a contract',
      'app/contracts/made-up.ts',
      "import { Prisma } from '@prisma/client'",
    ],
    [
      'Shopify in the SaaS client',
      'app/saas/made-up.ts',
      "import { shopifyApi } from '@shopify/shopify-api'",
    ],
    ['the queue in the SaaS client', 'app/saas/made-up.ts', "import { PgBoss } from 'pg-boss'"],
  ])('%s', (_what, path, line) => {
    expect(strangePackages([file(path, line)])).toHaveLength(1)
  })

  it.each([
    'const url = process.env.DATABASE_URL',
    "import process from 'node:process'",
    'const { A } = process.env',
  ])('a reader of the environment: %s', (line) => {
    expect(environmentReaders([file('app/lib/made-up.ts', line)])).toHaveLength(1)
    expect(environmentReaders([file('app/config.server.ts', line)])).toEqual([])
  })

  it.each([
    'await tx.query(`UPDATE "SyncRecord" SET "state" = $1`)',
    'await tx.query(`INSERT INTO\n "SyncRecord" VALUES ($1)`)',
    'await tx.query(`delete from "SyncRecord"`)',
    'await db.prisma.syncRecord.updateMany({ data })',
  ])('a second writer of records: %s', (line) => {
    expect(recordWriters([file('app/privacy/made-up.ts', line)])).toHaveLength(1)
    expect(recordWriters([file('app/records/made-up.ts', line)])).toEqual([])
  })

  it('no writer in a query that only reads records', () => {
    const reads =
      'await tx.query(`SELECT * FROM "SyncRecord" FOR UPDATE`); await prisma.syncRecord.findMany()'
    expect(recordWriters([file('app/dashboard/made-up.ts', reads)])).toEqual([])
  })

  it.each([
    "import { readFileSync } from 'node:fs'",
    "import { logger } from '../../logger.server'",
    'const now = new Date()',
    'const now = Date.now()',
    "const answer = fetch('https://shop.example')",
  ])('a mapper that is not pure: %s', (line) => {
    expect(impureMappers([file('app/sources/shopify/map-made-up.ts', line)])).toHaveLength(1)
  })

  it('a mapper that is not pure because of what it imports', () => {
    const mapper = file('app/sources/shopify/map-made-up.ts', "import { read } from './reader'")
    const reader = file('app/sources/shopify/reader.ts', "import { connect } from 'node:net'")
    expect(impureMappers([mapper, reader])).toEqual([
      expect.stringContaining('app/sources/shopify/reader.ts:1: "node:net"'),
    ])
  })

  it('a document without a law', () => {
    expect(() => readLaw('# Architecture')).toThrow('no table')
  })
})
