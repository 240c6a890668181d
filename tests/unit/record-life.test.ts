import { expect, it } from 'vitest'
import { TRANSITIONS } from '~/contracts/states'
import { readLife } from '../model/read-life'
import { readRepositoryFile } from '../support/source-text'

it('the life of a record is drawn in docs/architecture.md as the types have it', () => {
  const held = Object.fromEntries(
    Object.entries(TRANSITIONS).map(([state, following]) => [state, [...following].sort()]),
  )
  expect(readLife(readRepositoryFile('docs/architecture.md'))).toEqual(held)
})
