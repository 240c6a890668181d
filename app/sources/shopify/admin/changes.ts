import { z } from 'zod'
import { type ChangedRecord, type ReadableResource } from '~/contracts/store-reader'
import { toSortable } from '~/lib/time'
import { Id } from '../payload'
import { type AskAdmin } from './ask-admin.server'
import { READABLE } from './selections/readable'

const AT_ONCE = 100

/** The list of a resource's records, the one that changed last first. All four can be sorted by their update time. */
export function changesQuery(resource: ReadableResource): string {
  const { list } = READABLE[resource]
  return `query Changes($after: String) { ${list}(first: ${AT_ONCE}, after: $after, sortKey: UPDATED_AT, reverse: true) { nodes { id updatedAt } pageInfo { hasNextPage endCursor } } }`
}

const Page = z.object({
  nodes: z.array(z.object({ id: z.string(), updatedAt: z.string().transform(toSortable) })),
  pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
})

/** What changed, newest first, page by page, as long as the caller takes more. @throws ParityError as `AskAdmin` does */
export async function* changes(ask: AskAdmin, resource: ReadableResource): AsyncGenerator<ChangedRecord[]> {
  const { list } = READABLE[resource]
  let after: string | null = null
  do {
    const page: z.infer<typeof Page> = await readPage(ask, resource, list, after)
    yield page.nodes.map(({ id, updatedAt }) => ({ externalId: Id.parse(id) ?? id, updatedAt }))
    after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null
  } while (after !== null)
}

async function readPage(ask: AskAdmin, resource: ReadableResource, list: string, after: string | null) {
  const { data } = await ask({
    kind: `changes of ${resource}`,
    query: changesQuery(resource),
    variables: { after },
    answer: z.record(z.literal(list), Page),
  })
  return data[list]!
}
