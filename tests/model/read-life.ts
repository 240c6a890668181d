import { RecordState } from '~/contracts/states'

/** The life of a record as it is drawn: the states that it can begin in, and each state with those that follow it, sorted. */
interface Life {
  first: RecordState[]
  following: Record<RecordState, RecordState[]>
}

/** The diagram of a record's life, read from docs/architecture.md. */
export function readLife(document: string): Life {
  const diagram = /```mermaid\nstateDiagram-v2\n([\s\S]*?)```/.exec(document)?.[1] ?? ''
  const life = Object.fromEntries(RecordState.options.map((state) => [state, [] as RecordState[]]))
  const first: RecordState[] = []
  for (const line of diagram.trim().split('\n')) {
    const [, from, to] = /^\s*(\S+) --> (\w+)(?::|$)/.exec(line) ?? []
    const states = from === '[*]' ? first : life[RecordState.parse(from)]!
    states.push(RecordState.parse(to))
  }
  for (const following of [first, ...Object.values(life)]) following.sort()
  return { first, following: life as Life['following'] }
}
