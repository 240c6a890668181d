import { type LosslessJson, parseLossless } from '~/lib/lossless-json'
import { type Row } from '../rows/row'
import { type Line } from './read-lines'

/** A record's line of an export with those of its children, which follow it. */
export interface Group {
  /** Empty where children come before any record. */
  root: Row
  children: Row[]
  /** How many lines it took, those included that are in nobody's place. */
  lines: number
  /** The byte of the file after its last line. */
  end: number
  /** How many of the lines are not its children: their parent is not where it should be. */
  strays: number
}

/**
 * The records of an export, each with its children: Shopify writes them under their parent when they are asked to be grouped. No more than
 * one is in memory.
 *
 * @throws whatever `damaged` makes of a line that is no object: the file is damaged from there on
 */
export async function* groupLines(
  lines: AsyncIterable<Line>,
  damaged: (why: string) => Error,
): AsyncGenerator<Group> {
  let group: Group | undefined
  for await (const line of lines) {
    const row = parseLine(line, damaged)
    if (row['__parentId'] === undefined) {
      if (group) yield group
      group = { root: row, children: [], lines: 1, end: line.end, strays: 0 }
    } else {
      group ??= { root: {}, children: [], lines: 0, end: line.end, strays: 0 }
      add(group, row, line.end)
    }
  }
  if (group) yield group
}

function add(group: Group, row: Row, end: number): void {
  const isOurs = row['__parentId'] === group.root['id']
  if (isOurs) group.children.push(row)
  else group.strays++
  group.lines++
  group.end = end
}

function parseLine({ text, isEnded }: Line, damaged: (why: string) => Error): Row {
  let value: LosslessJson
  try {
    value = parseLossless(text)
  } catch {
    throw damaged(isEnded ? 'a line is not JSON' : 'its last line is cut off')
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw damaged('a line is no object')
  return value
}
