import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { wordsIn } from './words-in'

describe('the words of a text', () => {
  it.each([
    ['Blue Oolong – 250 g', ['blue', 'oolong', '250', 'g']],
    ['#1001', ['1001']],
    ['TEA-BLUE/XL', ['tea', 'blue', 'xl']],
    ['Chá-de-Açaí, Süß ﬁn', ['cha', 'de', 'acai', 'suß', 'fin']],
    ['ada.byron@tea.example', ['ada', 'byron', 'tea', 'example']],
    ['抹茶 お茶', ['抹茶', 'お茶']],
    ['tea Tea TÉA', ['tea']],
    [' — … ', []],
  ])('of %j', (text, words) => {
    expect(wordsIn(text)).toEqual(words)
  })

  it('are cut, and never in the middle of a letter', () => {
    expect(wordsIn('𝒂'.repeat(50))).toEqual(['a'.repeat(40)])
    expect(wordsIn('😀𐐨'.repeat(50)).every((word) => word.isWellFormed())).toBe(true)
  })

  it('are the words of themselves, whatever the text is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const words = wordsIn(text)
        expect(words.flatMap(wordsIn)).toEqual(expect.arrayContaining(words))
        expect(words.every((word) => !word.includes('~') && word !== '')).toBe(true)
      }),
    )
  })
})
