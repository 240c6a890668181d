/** What a word is cut at: where words are not kept apart by spaces, one may be a whole sentence. */
const LONGEST_WORD = 40

/** Marks above and below letters, once these are taken apart. */
const MARKS = /\p{M}+/gu
const WORD = /[\p{L}\p{N}]+/gu

/** The words of a text, each once: lower-cased, without accents, cut at 40 letters. What is neither letter nor digit keeps words apart. */
export function wordsIn(text: string): string[] {
  const plain = text.normalize('NFKD').replaceAll(MARKS, '').toLowerCase()
  return [...new Set((plain.match(WORD) ?? []).map((word) => [...word].slice(0, LONGEST_WORD).join('')))]
}
