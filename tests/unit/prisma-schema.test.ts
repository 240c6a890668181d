import { readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { undocumented } from '../support/prisma-comments'
import { readRepositoryFile } from '../support/source-text'

const SCHEMA = readdirSync('prisma')
  .filter((name) => name.endsWith('.prisma'))
  .map((name) => readRepositoryFile(`prisma/${name}`))
  .join('\n')

describe('the schema of the database', () => {
  it('says of every table and every column what it is for', () => {
    expect(undocumented(SCHEMA)).toEqual([])
  })

  it('is read whole: the records are in it, and the mirror', () => {
    expect(undocumented(SCHEMA.replaceAll(/^\s*\/\/\/.*$/gm, ''))).toEqual(
      expect.arrayContaining(['SyncRecord', 'SyncRecord.dueAt', 'MirrorOrder', 'MirrorOrder.bodyHash']),
    )
  })

  it('needs no words for a relation', () => {
    const schema = `/// A.\nmodel A {\n  /// Id.\n  id String @id\n\n  b B?\n  bs B[]\n}\n/// B.\nmodel B {\n  id String @id\n}`
    expect(undocumented(schema)).toEqual(['B.id'])
  })
})
