import { expect, it } from 'vitest'
import { readLife } from '../model/read-life'
import { TRANSITIONS } from '../model/transitions'
import { readRepositoryFile } from '../support/source-text'

it('the life of a record is drawn in docs/architecture.md as the model-based test holds it', () => {
  const held = Object.fromEntries(
    Object.entries(TRANSITIONS).map(([state, following]) => [state, [...following].sort()]),
  )
  expect(readLife(readRepositoryFile('docs/architecture.md'))).toEqual(held)
})
