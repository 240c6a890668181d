import { closeSync, openSync, writeSync } from 'node:fs'
import { type BulkFault } from './faults'
import { type ChildPlan, type ExportPlan } from './compile-plan'

/** The result of an export as it lies on disk, and what is told of it. */
export interface ExportFile {
  path: string
  /** Bytes that are told, and bytes that there are: fewer when it was cut off. */
  size: number
  available: number
  objects: number
  roots: number
}

type Lack = Extract<BulkFault, { kind: 'lacking' }>

/** Without grouping, children come after so many roots at the latest. */
const BLOCK = 100
const BUFFERED_BYTES = 1_000_000

/**
 * Writes every line of an export: a root, its children and theirs right beneath it when grouped, later otherwise.
 *
 * @param lack which lines are left out though they are counted
 */
export function writeExport(
  plan: ExportPlan,
  path: string,
  isGrouped: boolean,
  lack: Lack | undefined,
): ExportFile & { lines: LineEnd[] } {
  const roots = plan.nodesOf(undefined)
  const writer = new LineWriter(path, lack && leftOut(lack, roots.length))
  const size = isGrouped ? 1 : BLOCK
  for (let from = 0; from < roots.length; from += size) {
    const block = roots.slice(from, from + size).map((source, index) => ({ source, root: from + index }))
    if (isGrouped) for (const { source, root } of block) writeBranch(writer, plan, source, root)
    else writeLevels(writer, plan, block)
  }
  return writer.close()
}

/** A line and everything beneath it, depth first. */
function writeBranch(
  writer: LineWriter,
  { plan }: ChildPlan,
  source: unknown,
  root: number,
  parent?: { id: unknown; depth: number },
): void {
  const depth = parent ? parent.depth + 1 : 0
  const line = plan.lineOf(source)
  writer.put(parent ? { ...line, __parentId: parent.id } : line, depth, root)
  for (const child of plan.children) {
    for (const each of child.nodesOf(source))
      writeBranch(writer, child, each, root, { id: line['id'], depth })
  }
}

interface Waiting {
  of: ChildPlan
  source: unknown
  root: number
  parentId?: unknown
}

/** All roots of a block, then their children, then theirs. */
function writeLevels(writer: LineWriter, of: ChildPlan, block: { source: unknown; root: number }[]): void {
  let level: Waiting[] = block.map((each) => ({ ...each, of }))
  for (let depth = 0; level.length > 0; depth++) {
    level = level.flatMap(({ of: { plan }, source, root, parentId }) => {
      const line = plan.lineOf(source)
      writer.put(depth === 0 ? line : { ...line, __parentId: parentId }, depth, root)
      return plan.children.flatMap((child) =>
        child.nodesOf(source).map((each) => ({ of: child, source: each, root, parentId: line['id'] })),
      )
    })
  }
}

type IsLeftOut = (depth: number, root: number) => boolean

/** Roots from the middle on, or the first children. */
function leftOut({ what, count }: Lack, roots: number): IsLeftOut {
  const from = Math.floor(roots / 2)
  const isChosen = (root: number) => root >= from && root < from + count
  let left = count
  switch (what) {
    case 'roots':
      return (_depth, root) => isChosen(root)
    case 'parents':
      return (depth, root) => depth === 0 && isChosen(root)
    case 'children':
      return (depth) => depth > 0 && left-- > 0
  }
}

interface LineEnd {
  /** The byte after its line feed. */
  end: number
  isRoot: boolean
}

class LineWriter {
  readonly #path: string
  readonly #isLeftOut: IsLeftOut | undefined
  readonly #file: number
  readonly #lines: LineEnd[] = []
  #waiting: string[] = []
  #waitingBytes = 0
  #size = 0
  #objects = 0
  #roots = 0

  constructor(path: string, isLeftOut: IsLeftOut | undefined) {
    this.#path = path
    this.#isLeftOut = isLeftOut
    this.#file = openSync(path, 'w')
  }

  put(line: object, depth: number, root: number): void {
    this.#objects += 1
    if (depth === 0) this.#roots += 1
    if (this.#isLeftOut?.(depth, root)) return
    const text = `${JSON.stringify(line)}\n`
    const bytes = Buffer.byteLength(text)
    this.#waiting.push(text)
    this.#waitingBytes += bytes
    this.#size += bytes
    this.#lines.push({ end: this.#size, isRoot: depth === 0 })
    if (this.#waitingBytes > BUFFERED_BYTES) this.#flush()
  }

  close(): ExportFile & { lines: LineEnd[] } {
    this.#flush()
    closeSync(this.#file)
    return {
      path: this.#path,
      size: this.#size,
      available: this.#size,
      objects: this.#objects,
      roots: this.#roots,
      lines: this.#lines,
    }
  }

  #flush(): void {
    writeSync(this.#file, this.#waiting.join(''))
    this.#waiting = []
    this.#waitingBytes = 0
  }
}

type Written = ReturnType<typeof writeExport>

/** The file as a failed operation leaves it: the first lines only, and counts of those. */
export function partOf({ lines, ...file }: Written, share: number): ExportFile {
  const kept = lines.slice(0, Math.floor(lines.length * share))
  const size = kept.at(-1)?.end ?? 0
  const roots = kept.filter(({ isRoot }) => isRoot).length
  return { ...file, size, available: size, objects: kept.length, roots }
}

/** The file with its end missing from the middle of a line on; what is told of it stays. */
export function cutOff({ lines, ...file }: Written, at: number): ExportFile {
  const index = Math.min(lines.length - 1, Math.floor(lines.length * at))
  const start = lines[index - 1]?.end ?? 0
  const end = lines[index]?.end ?? 0
  return { ...file, available: start + Math.floor((end - start) / 2) }
}

export function wholeOf({ lines: _ends, ...file }: Written): ExportFile {
  return file
}
