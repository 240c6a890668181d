import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { elementTexts } from './element-texts'

describe('the texts of the elements of a member', () => {
  it('are what stood there, to the byte', () => {
    const json =
      '{ "events" : [ {"total":99.90,"name":"a\\/b"} ,\n {"id":820982911946154508}, "x, ]\\"", 1e3, [1, 2] ] }'
    expect(elementTexts(json, 'events')).toEqual([
      '{"total":99.90,"name":"a\\/b"}',
      '{"id":820982911946154508}',
      '"x, ]\\""',
      '1e3',
      '[1, 2]',
    ])
  })

  it('are none where the member is empty, missing or no list', () => {
    expect(elementTexts('{"events":[ ]}', 'events')).toEqual([])
    expect(elementTexts('{"other":[1]}', 'events')).toEqual([])
    expect(elementTexts('{"events":{"events":[1]},"n":[2]}', 'events')).toEqual([])
  })

  it('are of the last member of the name, written in any way, as JSON.parse has it', () => {
    expect(elementTexts('{"events":[1],"a":"events","\\u0065vents":[2,3]}', 'events')).toEqual(['2', '3'])
    expect(elementTexts('{"events":[1],"events":null}', 'events')).toEqual([])
  })

  it('parse to the elements, whatever they are', () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue()), fc.jsonValue(), fc.nat(4), (events, other, indent) => {
        const json = JSON.stringify({ before: other, events, after: [other] }, null, indent)
        const texts = elementTexts(json, 'events')
        expect(texts.map((text) => JSON.parse(text) as unknown)).toEqual(JSON.parse(JSON.stringify(events)))
      }),
    )
  })
})
