import { z } from 'zod'
import { type LosslessJson } from '~/lib/lossless-json'
import { asRow, asRows, type Row } from '../rows/row'
import { type AskAdmin } from './ask-admin.server'
import { restQuery } from './records-query'
import { type Selection } from './selection'

/** What a walk through the lists of a record goes by. */
export interface Completing {
  ask: AskAdmin
  denied: ReadonlySet<string>
}

const Page = z.object({
  nodes: z.array(z.custom<LosslessJson>()),
  pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
})

/**
 * Fetches what the first question left out of a record's lists, also of those inside its lists of objects (the items of a refund).
 *
 * @param row is changed
 * @returns false when the record went while its lists were read
 * @throws ParityError as `AskAdmin` does
 */
export async function completeLists(
  row: Row,
  selection: Selection,
  completing: Completing,
): Promise<boolean> {
  for (const [key, field] of Object.entries(selection.fields)) {
    const value = row[key]
    if (value == null) continue
    if (field.kind === 'pages' && !(await completePages(row, selection, { ...field, key }, completing)))
      return false
    if (field.kind !== 'object') continue
    const inner = Array.isArray(value) ? asRows(value, key) : [asRow(value, key) ?? {}]
    for (const one of inner) if (!(await completeLists(one, field.of, completing))) return false
  }
  return true
}

interface Connection {
  key: string
  name: string
  of: Selection
}

async function completePages(
  owner: Row,
  selection: Selection,
  connection: Connection,
  { ask, denied }: Completing,
): Promise<boolean> {
  const { key } = connection
  const all = Page.parse(owner[key])
  let { pageInfo } = all
  while (pageInfo.hasNextPage && pageInfo.endCursor !== null) {
    const { data } = await ask({
      kind: `more ${selection.type}.${connection.name}`,
      query: restQuery(selection, connection, denied),
      variables: { id: owner['id'], after: pageInfo.endCursor },
      answer: z.object({ node: z.record(z.string(), Page).nullable() }),
    })
    const next = data.node?.[key]
    if (!next) return false
    all.nodes.push(...next.nodes)
    pageInfo = next.pageInfo
  }
  owner[key] = { nodes: all.nodes }
  return true
}
