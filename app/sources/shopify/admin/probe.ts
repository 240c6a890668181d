import { z } from 'zod'
import { type ReadableResource } from '~/contracts/store-reader'
import { type LosslessJson } from '~/lib/lossless-json'
import { type AskAdmin } from './ask-admin.server'
import { renderSelection } from './render-selection'
import { pages, select } from './selection'
import { READABLE } from './selections/readable'

/** A field that is empty in one record tells nothing: a guest's order does not say whether customers may be read. */
const SAMPLE = 10
/** Each round can learn of one field only, where that takes its whole record with it. */
const MOST_ROUNDS = 25

/** What a store withholds of a resource. `isClosed`: the records themselves. */
export interface Withheld {
  isClosed: boolean
  fields: Set<string>
}

/** The question for the records that changed last. */
export function probeQuery(resource: ReadableResource, denied: ReadonlySet<string>): string {
  const { list, selection } = READABLE[resource]
  const inner = renderSelection(selection, 'pages', denied)
  return `query Probe { ${list}(first: ${SAMPLE}, sortKey: UPDATED_AT, reverse: true) { nodes { ${inner} } } }`
}

/** Asks for the records that changed last, and learns from the answer which fields are withheld. @throws ParityError as `AskAdmin` does */
export async function probe(ask: AskAdmin, resource: ReadableResource): Promise<Withheld> {
  const { list, selection } = READABLE[resource]
  const root = `QueryRoot.${list}`
  const fields = new Set<string>()
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const { denied } = await ask({
      kind: `probe of ${resource}`,
      query: probeQuery(resource, fields),
      answer: z.custom<LosslessJson>(),
      selection: select('QueryRoot', { [list]: pages(list, SAMPLE, selection) }),
    })
    if (denied.includes(root) || denied.includes('')) return { isClosed: true, fields }

    const news = denied.filter((field) => !fields.has(field))
    if (news.length === 0) break
    for (const field of news) fields.add(field)
  }
  return { isClosed: false, fields }
}
