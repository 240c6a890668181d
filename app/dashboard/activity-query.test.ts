import { describe, expect, it } from 'vitest'
import { activityParams, isFiltered, wholeList } from './activity-query'
import { readActivityQuery } from './read-activity-query'

const ID = '01930000-0000-7000-8000-000000000001'
const read = (text: string) => readActivityQuery(new URLSearchParams(text))

describe("the Activity page's URL", () => {
  it('asks for all events by default', () => {
    expect(read('')).toEqual(wholeList('events'))
  })

  it.each([
    '?show=attempts&outcome=rejected&resource=order',
    '?outcome=unmapped',
    '?outcome=hint&topic=refunds%2Fcreate&resource=order&from=2026-11-01&to=2026-11-22',
    '?show=runs&outcome=failed',
    '?show=views&resource=customer&from=2026-11-01',
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
    '?from=2026-02-30&to=yesterday&topic=<script>',
  ])('takes what it does not understand for absent: %j', (text) => {
    expect(read(text)).toEqual(wholeList('events'))
  })

  it.each([
    ['', false],
    ['?show=attempts', false],
    [`?after=${ID}`, false],
    ['?topic=orders%2Fcreate', true],
    ['?show=runs&to=2026-11-22', true],
  ])('%j narrows what is shown: %s', (text, narrows) => {
    expect(isFiltered(read(text))).toBe(narrows)
  })
})
