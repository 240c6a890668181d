import { expect, it } from 'vitest'
import { z } from 'zod'
import { DATA, RecordBase } from '~/contracts/shared-schema'
import { fieldName } from './field-name'
import { createLanguage, isWordKey } from './language'

/** What tells which record it is, and which state of it: shown elsewhere. */
const NOT_SHOWN = Object.keys(RecordBase.omit({ created_at: true, updated_at: true, incomplete: true }).shape)

/** The names of all fields in a JSON schema, however deep. */
function namesIn(schema: unknown): string[] {
  if (typeof schema !== 'object' || schema === null) return []
  const { properties } = schema as { properties?: object }
  return [...Object.keys(properties ?? {}), ...Object.values(schema).flatMap(namesIn)].filter(
    (name) => name !== 'propertyNames',
  )
}

it('every field of the shared schema has a name for people', () => {
  const names = Object.values(DATA).flatMap((schema) => {
    const { properties } = z.toJSONSchema(schema, { unrepresentable: 'any' })
    return Object.entries(properties ?? {}).flatMap(([name, field]) => [name, ...namesIn(field)])
  })
  const missing = [...new Set(names)].filter(
    (name) => !NOT_SHOWN.includes(name) && !isWordKey(`data.${name}`),
  )
  expect(missing).toEqual([])
})

it('the way to a value is told in words, by the names of members or their ids', () => {
  const language = createLanguage({ locale: 'en', timeZone: null })
  const path = (name: string | null) =>
    fieldName(language, [
      { kind: 'field', name: 'items' },
      { kind: 'member', key: '42', name },
      { kind: 'field', name: 'unit_price' },
    ])
  expect(path('Blue shirt')).toBe('Items › Blue shirt › Unit price')
  expect(path(null)).toBe('Items › 42 › Unit price')
  expect(fieldName(language, [{ kind: 'field', name: 'Größe' }])).toBe('Größe')
})
