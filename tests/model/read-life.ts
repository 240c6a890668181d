import { RecordState } from '~/contracts/states'

/** The diagram of a record's life, read from docs/architecture.md: each state with those that follow it, sorted. */
export function readLife(document: string): Record<RecordState, RecordState[]> {
  const diagram = /```mermaid\nstateDiagram-v2\n([\s\S]*?)```/.exec(document)?.[1] ?? ''
  const life = Object.fromEntries(RecordState.options.map((state) => [state, [] as RecordState[]]))
  for (const line of diagram.trim().split('\n')) {
    const [, from, to] = /^\s*(\S+) --> (\w+)(?::|$)/.exec(line) ?? []
    if (from === '[*]' && to === 'waiting') continue
    life[RecordState.parse(from)]!.push(RecordState.parse(to))
  }
  for (const following of Object.values(life)) following.sort()
  return life as Record<RecordState, RecordState[]>
}
