import { describe, expect, it } from 'vitest'
import { maskName } from './mask-name'

describe('a masked name', () => {
  it.each([
    ['Mary Shelley', 'M••• S•••'],
    ['  Ada  ', 'A•••'],
    ['Ana Lúcia "Lu" Souza', 'A••• L••• L••• S•••'],
    ['Émile', 'É•••'],
    ['𝒜da', '𝒜•••'],
    ['+49 170 123', '••• ••• •••'],
    ['', ''],
  ])('of %j is %j', (name, masked) => {
    expect(maskName(name)).toBe(masked)
  })
})
