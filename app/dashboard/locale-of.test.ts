import { describe, expect, it } from 'vitest'
import { localeOf } from './locale-of'

const asked = (address: string, accepted?: string) =>
  localeOf(new Request(address, accepted === undefined ? {} : { headers: { 'accept-language': accepted } }))

describe('the language of a person', () => {
  it('is what the admin says, or else what their browser prefers', () => {
    expect(asked('https://app.example/app?locale=pt-BR', 'de')).toBe('pt-BR')
    expect(asked('https://app.example/app', 'pt-BR,pt;q=0.9,en;q=0.8')).toBe('pt-BR')
    expect(asked('https://app.example/app')).toBe('en')
    expect(asked('https://app.example/app', '')).toBe('en')
  })
})
