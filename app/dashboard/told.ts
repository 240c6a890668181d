/** English texts of the stages, and what each is in another language. */
export type Texts = Readonly<Record<string, string>>

/** What the stages write down in English, in another language. */
export interface Sentences {
  /**
   * Whole sentences, or how one begins. What is filled in stands as `{why}` (a sentence again), `{things}` (words and numbers, see
   * `words`) or under any other name, and then stays as it is.
   */
  sentences: Texts
  /** The words of which `{things}` are made. */
  words: Texts
  /** Writes a number as the language does. */
  number(value: number): string
}

/** Says in the person's language what a stage wrote down. What it does not know, such as the words of a SaaS, stays as it is. */
export type Tell = (written: string) => string

interface Phrase {
  /** Finds the sentence in a text. */
  pattern: RegExp
  names: string[]
  translation: string
}

/**
 * Speaks of what was written down in another language. The stages write whole English sentences, one after the other, some with others
 * in them: each that is known is replaced where it stands.
 */
export function createTell({ sentences, words, number }: Sentences): Tell {
  const phrases = toPhrases(sentences)
  const tellThings = createTellThings(words, number)
  const tellHole = (name: string, value: string) =>
    name === 'why' ? tell(value) : name.startsWith('things') ? tellThings(value) : value
  const tell: Tell = (written) => {
    for (const { pattern, names, translation } of phrases) {
      const found = pattern.exec(written)
      if (!found) continue
      const valueOf = (name: string) => tellHole(name, found[names.indexOf(name) + 1] ?? '')
      const filled = translation.replace(HOLE, (_hole, name: string) => valueOf(name))
      const end = found.index + found[0].length
      return tell(written.slice(0, found.index)) + filled + tell(written.slice(end))
    }
    return written
  }
  return tell
}

function createTellThings(words: Texts, number: Sentences['number']): Tell {
  const phrases = toPhrases(words)
  return (written) => {
    const counted = written.replace(/\d{1,3}(,\d{3})+/g, (digits) =>
      number(Number(digits.replaceAll(',', ''))),
    )
    return phrases.reduce(
      (text, { pattern, translation }) => text.replace(new RegExp(pattern, 'gsu'), translation),
      counted,
    )
  }
}

const HOLE = /\{(\w+)\}/g

/** The longest first: a short one may be a part of it. */
function toPhrases(texts: Texts): Phrase[] {
  return Object.entries(texts)
    .sort(([a], [b]) => b.length - a.length)
    .map(([english, translation]) => toPhrase(english, translation))
}

/** A sentence ends where a space or nothing follows; a part of one, where no letter does. */
function toPhrase(english: string, translation: string): Phrase {
  const names = [...english.matchAll(HOLE)].map(([, name]) => name ?? '')
  const source = english
    .split(HOLE)
    .map((part, index) => (index % 2 === 0 ? escape(part) : '(.+?)'))
    .join('')
  return { pattern: new RegExp(`(?<![\\p{L}\\d])${source}(?![\\p{L}\\d])`, 'su'), names, translation }
}

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')
}
