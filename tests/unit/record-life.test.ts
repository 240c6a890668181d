import { expect, it } from 'vitest'
import { FIRST_STATES, TRANSITIONS } from '~/contracts/states'
import { readLife } from '../model/read-life'
import { readRepositoryFile } from '../support/source-text'

it('the life of a record is drawn in docs/architecture.md as the types have it', () => {
  const following = Object.fromEntries(
    Object.entries(TRANSITIONS).map(([state, next]) => [state, [...next].sort()]),
  )
  expect(readLife(readRepositoryFile('docs/architecture.md'))).toEqual({
    first: [...FIRST_STATES].sort(),
    following,
  })
})
