/** A line of a file of UTF-8 text. */
export interface Line {
  text: string
  /** The byte of the file after it, and after its line end. */
  end: number
  /** Whether a line end follows. Only the last line of a file can lack it. */
  isEnded: boolean
}

const LINE_END = 0x0a

/**
 * The lines of a file as its bytes come. Of the file no more is in memory than the line that is being read and the piece that just came; the next
 * piece is taken when all lines of this one were.
 *
 * @param start the byte of the file at which the bytes begin; a line begins there too
 */
export async function* readLines(bytes: AsyncIterable<Uint8Array>, start: number): AsyncGenerator<Line> {
  let begun: Uint8Array[] = []
  let end = start
  for await (const piece of bytes) {
    let from = 0
    for (let at = piece.indexOf(LINE_END); at >= 0; at = piece.indexOf(LINE_END, from)) {
      const text = toText([...begun, piece.subarray(from, at)])
      end += byteLength(begun) + at + 1 - from
      begun = []
      from = at + 1
      yield { text, end, isEnded: true }
    }
    if (from < piece.byteLength) begun.push(piece.subarray(from))
  }
  if (begun.length > 0) yield { text: toText(begun), end: end + byteLength(begun), isEnded: false }
}

function toText(pieces: Uint8Array[]): string {
  const [only] = pieces
  const bytes =
    pieces.length === 1 && only
      ? Buffer.from(only.buffer, only.byteOffset, only.byteLength)
      : Buffer.concat(pieces)
  return bytes.toString('utf8')
}

function byteLength(pieces: Uint8Array[]): number {
  return pieces.reduce((sum, piece) => sum + piece.byteLength, 0)
}
