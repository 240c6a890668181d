import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { csvLine } from './csv'

/** Reads CSV back, as RFC 4180 has it. */
function parse(text: string): string[][] {
  const lines: string[][] = [[]]
  const fields = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/gy
  for (let match = fields.exec(text); match; match = fields.exec(text)) {
    lines.at(-1)!.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? '')
    if (match[3] === '\r\n') lines.push([])
  }
  return lines.slice(0, -1)
}

describe('a line of CSV', () => {
  it.each([
    [['a', 1, null], 'a,1,\r\n'],
    [['a,b', 'c'], '"a,b",c\r\n'],
    [['say "no"', 'two\nlines'], '"say ""no""","two\nlines"\r\n'],
    [['=1+1'], "'=1+1\r\n"],
    [['+49', '-5', '@SUM(A1)', '\tx'], "'+49,'-5,'@SUM(A1),'\tx\r\n"],
    [['=HYPERLINK("http://x","y")'], `"'=HYPERLINK(""http://x"",""y"")"\r\n`],
    [[-5], '-5\r\n'],
  ])('%j', (fields, line) => {
    expect(csvLine(fields)).toBe(line)
  })

  it('is read back as it was written, and no field is a formula', () => {
    const text = fc.string({
      unit: fc.constantFrom('a', '=', '+', '-', '@', '"', ',', '\n', '\r', '\t', "'", 'é', '1'),
    })
    const rows = fc.array(fc.array(text, { minLength: 1, maxLength: 4 }), { maxLength: 5 })
    fc.assert(
      fc.property(rows, (rows) => {
        const read = parse(rows.map(csvLine).join(''))
        expect(read.flat().filter((each) => /^[=+\-@\t\r]/.test(each))).toEqual([])
        const plain = read.map((row, n) =>
          row.map((each, m) => (/^[=+\-@\t\r]/.test(rows[n]![m]!) ? each.slice(1) : each)),
        )
        expect(plain).toEqual(rows)
      }),
    )
  })
})
