import { type Resource } from '~/contracts/resource'
import { isHarmlessText, isPersonal, type Place } from './personal-values'

/** Beyond this a page would be slow and nobody would read on. */
const MOST_LINES = 2_000

/** One line of a pretty-printed payload: `"key": value,`. */
export interface PayloadLine {
  depth: number
  key: string | null
  kind: 'text' | 'number' | 'literal' | 'structure' | 'hidden'
  /** The value as JSON has it; empty when hidden. */
  value: string
  comma: boolean
}

/** A payload that may be shown; `more` lines were left out. */
export type ShownPayload = { kind: 'shown'; lines: PayloadLine[]; more: number } | { kind: 'malformed' }

/**
 * Pretty-prints a JSON body: every number as it was written, to the last digit, personal values hidden, names and
 * structure visible.
 *
 * @param reveal whether personal values are shown, too
 */
export function showPayload(body: string, resource: Resource | null, reveal = false): ShownPayload {
  try {
    const place = { key: null, parentKey: null, resource }
    const lines = print(parse(body), place, 0, reveal ? 'never' : 'personal')
    return { kind: 'shown', lines: lines.slice(0, MOST_LINES), more: Math.max(0, lines.length - MOST_LINES) }
  } catch {
    // Not JSON, or nested deeper than the stack.
    return { kind: 'malformed' }
  }
}

/** A number's own text, told apart from a text. */
class NumberText {
  constructor(readonly text: string) {}
}

type Value = string | boolean | null | NumberText | Value[] | { [key: string]: Value }

// The third argument of a reviver carries the source text (ECMAScript 2025; Node 22 and later).
function parse(body: string): Value {
  return JSON.parse(body, (_key, value: unknown, context?: { source?: string }) =>
    typeof value === 'number' ? new NumberText(context?.source ?? String(value)) : value,
  ) as Value
}

/** What is hidden: what is personal; everything, under a personal name; or nothing. */
type Hiding = 'personal' | 'always' | 'never'

function print(value: Value, place: Place, depth: number, hiding: Hiding): PayloadLine[] {
  const concealed = hiding === 'personal' && isPersonal(place) ? 'always' : hiding
  if (value instanceof NumberText || value === null || typeof value !== 'object') {
    return [{ depth, key: null, ...printLeaf(value, place, concealed), comma: false }]
  }
  const array = Array.isArray(value)
  const [open, close] = array ? ['[', ']'] : ['{', '}']
  const members = array
    ? value.map((item) => print(item, place, depth + 1, concealed))
    : Object.entries(value).map(([key, item]) => member(key, item, place, depth + 1, concealed))
  if (members.length === 0) return [structure(depth, open + close)]

  return [structure(depth, open), ...withCommas(members), structure(depth, close)]
}

function member(key: string, value: Value, around: Place, depth: number, hiding: Hiding): PayloadLine[] {
  const place = { key, parentKey: around.key, resource: around.resource }
  const [first, ...rest] = print(value, place, depth, hiding)
  return first ? [{ ...first, key }, ...rest] : []
}

function printLeaf(
  value: string | boolean | null | NumberText,
  place: Place,
  hiding: Hiding,
): Pick<PayloadLine, 'kind' | 'value'> {
  if (value === null) return { kind: 'literal', value: 'null' }
  const isHidden = hiding === 'personal' && typeof value === 'string' && !isHarmlessText(value, place)
  if (hiding === 'always' || isHidden) return { kind: 'hidden', value: '' }
  if (value instanceof NumberText) return { kind: 'number', value: value.text }
  return typeof value === 'string'
    ? { kind: 'text', value: JSON.stringify(value) }
    : { kind: 'literal', value: String(value) }
}

function structure(depth: number, value: string): PayloadLine {
  return { depth, key: null, kind: 'structure', value, comma: false }
}

function withCommas(members: PayloadLine[][]): PayloadLine[] {
  return members.flatMap((lines, index) =>
    index === members.length - 1 ? lines : lines.with(-1, { ...lines.at(-1)!, comma: true }),
  )
}
