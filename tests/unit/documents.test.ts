import { existsSync, readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readRepositoryFile } from '../support/source-text'

const DOCUMENTS = [
  'README.md',
  'CHANGELOG.md',
  'dev/README.md',
  ...readdirSync('docs', { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => join('docs', name)),
]

describe('the documents', () => {
  it.each(DOCUMENTS)('link only to what is there: %s', (document) => {
    const links = [...readRepositoryFile(document).matchAll(/\]\(([^)#\s]+)(#[^)]*)?\)/g)].map(
      ([, target]) => target ?? '',
    )
    const dead = links.filter(
      (target) => !/^[a-z]+:/.test(target) && !existsSync(join(dirname(document), target)),
    )
    expect(dead).toEqual([])
  })

  it('list every decision', () => {
    const listed = [...readRepositoryFile('docs/decisions/README.md').matchAll(/\]\((\d{3}-[^)]+)\)/g)]
    const files = readdirSync('docs/decisions').filter((name) => /^\d{3}-/.test(name))
    expect(listed.map(([, name]) => name)).toEqual(files.sort())
  })
})
