import { expect, it } from 'vitest'
import { hideAddresses } from './hide-addresses'

it.each([
  ['ada@example.com is taken', '•••• is taken'],
  ['email "ada.b+x@mail.example.co.uk" exists', 'email "••••" exists'],
  ['call +49 (30) 1234-5678 now', 'call •••• now'],
  ['call (030) 1234 5678', 'call ••••'],
  ['The SaaS refused the record (422): 12 of 30 items', 'The SaaS refused the record (422): 12 of 30 items'],
  ['since 2026-11-21T10:00:00+01:00', 'since 2026-11-21T10:00:00+01:00'],
])('%s', (text, hidden) => {
  expect(hideAddresses(text)).toBe(hidden)
})
