import { describe, expect, it } from 'vitest'
import { activityParams } from './activity-query'
import { readActivityQuery } from './read-activity-query'

const ID = '01930000-0000-7000-8000-000000000001'
const read = (text: string) => readActivityQuery(new URLSearchParams(text))

describe("the Activity page's URL", () => {
  it('asks for all events by default', () => {
    expect(read('')).toEqual({ show: 'events', outcome: null, resource: null, place: null })
  })

  it.each([
    '?show=attempts&outcome=rejected&resource=order',
    '?outcome=unmapped',
    `?resource=customer&after=${ID}`,
    `?show=attempts&before=${ID}`,
    '',
  ])('says the same after a round: %j', (text) => {
    expect(activityParams(read(text))).toBe(text)
  })

  it.each([
    "?show=secrets&outcome=rejected&resource='; drop table",
    '?after=not-an-id',
    '?after=00000000-0000-0000-0000-00000000000Z',
    '?outcome=constructor',
  ])('takes what it does not understand for absent: %j', (text) => {
    expect(read(text)).toEqual({ show: 'events', outcome: null, resource: null, place: null })
  })
})
