/**
 * The source texts of the elements of one array member of a JSON object, as they stand in it, without the white space
 * around them. Parsing and writing again would not give the bytes that the sender hashed.
 *
 * @param json the text of a JSON object; its syntax is not checked again
 */
export function elementTexts(json: string, member: string): string[] {
  let texts: string[] = []
  let depth = 0
  let start = -1
  let inside = false

  for (let at = 0; at < json.length; at++) {
    const character = json[at]
    if (character === '"') {
      const end = endOfString(json, at)
      // The last of several members of one name counts, as it does for JSON.parse.
      if (depth === 1 && isName(json, at, end, member)) [texts, start, inside] = [[], -1, true]
      else if (depth === 1 && isMemberName(json, end)) inside = false
      at = end
    } else if (character === '{' || character === '[') {
      depth++
      if (inside && depth === 2 && character === '[') start = at + 1
    } else if (character === '}' || character === ']' || character === ',') {
      if (start >= 0 && depth === 2) {
        const text = json.slice(start, at).trim()
        if (text !== '') texts.push(text)
        start = character === ',' ? at + 1 : -1
      }
      if (character !== ',') depth--
    }
  }
  return texts
}

/** The index of the quotation mark that ends the string beginning at `start`. */
function endOfString(json: string, start: number): number {
  let end = json.indexOf('"', start + 1)
  while (isEscaped(json, end)) end = json.indexOf('"', end + 1)
  return end
}

function isEscaped(json: string, at: number): boolean {
  let backslashes = 0
  while (json[at - 1 - backslashes] === '\\') backslashes++
  return backslashes % 2 === 1
}

function isName(json: string, start: number, end: number, member: string): boolean {
  return isMemberName(json, end) && JSON.parse(json.slice(start, end + 1)) === member
}

const COLON = /\s*:/y

function isMemberName(json: string, end: number): boolean {
  COLON.lastIndex = end + 1
  return COLON.test(json)
}
