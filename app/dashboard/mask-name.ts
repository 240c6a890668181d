const HIDDEN = '•••'

/** A person's name with the first letter of each word, and no more: "M••• S•••". How long the words are is hidden, too. */
export function maskName(name: string): string {
  const words = name.normalize('NFC').split(/\s+/).filter(Boolean)
  return words.map((word) => `${firstLetter(word)}${HIDDEN}`).join(' ')
}

function firstLetter(word: string): string {
  return [...word].find((letter) => /\p{L}/u.test(letter)) ?? ''
}
