import { expect, it } from 'vitest'
import { type Reach, type Selection } from '~/contracts/store-reader'
import { withinReach } from './within-reach'

const NOW = new Date('2026-11-21T12:00:00Z')
const day = (text: string) => new Date(`${text}T12:00:00Z`)
const recent: Selection = {
  resource: 'order',
  createdFrom: day('2026-08-23'),
  createdUntil: null,
  updatedFrom: null,
}
const older: Selection = { ...recent, createdFrom: null, createdUntil: day('2026-08-24') }
const since = (days: number): Reach => ({ kind: 'since', days, words: 'Only the last days.' })

it('what can be read wholly is read wholly', () => {
  expect(withinReach(older, { kind: 'all' }, NOW)).toEqual({ kind: 'all_of', selection: older })
})

it('what cannot be read at all is not, and says why', () => {
  expect(withinReach(recent, { kind: 'none', words: 'No right.' }, NOW)).toEqual({
    kind: 'nothing',
    words: 'No right.',
  })
})

it('a window narrows what begins before it', () => {
  expect(withinReach(recent, since(60), NOW)).toMatchObject({ selection: { createdFrom: day('2026-09-22') } })
  expect(withinReach(recent, since(365), NOW)).toMatchObject({
    selection: { createdFrom: recent.createdFrom },
  })
  expect(withinReach(older, since(365), NOW)).toMatchObject({ selection: { createdFrom: day('2025-11-21') } })
})

it('what ends before a window is out of reach', () => {
  expect(withinReach(older, since(60), NOW)).toEqual({ kind: 'nothing', words: 'Only the last days.' })
})
