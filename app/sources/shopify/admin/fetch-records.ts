import { z } from 'zod'
import { type FetchedRecords, type ReadableResource } from '~/contracts/store-reader'
import { type LosslessJson } from '~/lib/lossless-json'
import { mapRow } from '../map-row'
import { type Row } from '../rows/row'
import { UnmappableBody } from '../unmappable-body'
import { type Answer, type AskAdmin } from './ask-admin.server'
import { completeLists } from './complete-lists'
import { TooCostly } from './errors'
import { nodesSelection, recordsQuery } from './records-query'
import { gidOf, READABLE } from './selections/readable'

const Nodes = z.object({ nodes: z.array(z.record(z.string(), z.custom<LosslessJson>()).nullable()) })

/** What fetching goes by. */
export interface Fetching {
  ask: AskAdmin
  resource: ReadableResource
  /** The fields that the store withholds, as far as they are known; what is learned is added. */
  denied: Set<string>
}

/** Records by their ids, in as few questions as their cost allows. @throws ParityError as `AskAdmin` does */
export async function fetchRecords(fetching: Fetching, externalIds: string[]): Promise<FetchedRecords> {
  const { atOnce } = READABLE[fetching.resource]
  const answers = await Promise.all(slices(externalIds, atOnce).map((ids) => fetchSome(fetching, ids)))
  return join(answers)
}

async function fetchSome(fetching: Fetching, ids: string[]): Promise<FetchedRecords> {
  try {
    return await fetchAtOnce(fetching, ids)
  } catch (error) {
    // Shopify does not publish what a list of ids costs. What is too much for one question is two.
    if (!(error instanceof TooCostly) || ids.length === 1) throw error
    return fetchInHalves(fetching, ids)
  }
}

async function fetchInHalves(fetching: Fetching, ids: string[]): Promise<FetchedRecords> {
  const half = Math.ceil(ids.length / 2)
  return join([await fetchSome(fetching, ids.slice(0, half)), await fetchSome(fetching, ids.slice(half))])
}

async function fetchAtOnce(fetching: Fetching, ids: string[]): Promise<FetchedRecords> {
  const { ask, resource, denied } = fetching
  const knownBefore = denied.size
  const answer = await ask({
    kind: `${resource} by ${ids.length} ids`,
    query: recordsQuery(resource, denied),
    variables: { ids: ids.map((id) => gidOf(resource, id)) },
    answer: Nodes,
    selection: nodesSelection(READABLE[resource].selection),
  })
  for (const field of answer.denied) denied.add(field)

  const { read, withheld } = await readAll(fetching, ids, answer)
  if (withheld.length === 0) return read
  // A field that may not be null takes its whole record with it. Without that field the record can be read.
  if (denied.size > knownBefore) return join([read, await fetchSome(fetching, withheld)])
  return join([read, { ...NOTHING, unread: withheld.map((id) => ({ externalId: id, words: WITHHELD })) }])
}

const NOTHING: FetchedRecords = { states: [], gone: [], unread: [], denied: [] }
const WITHHELD = 'Shopify withholds it.'
const CHANGED = 'It changed while it was read.'

async function readAll(fetching: Fetching, ids: string[], answer: Answer<z.infer<typeof Nodes>>) {
  const read: FetchedRecords = { states: [], gone: [], unread: [], denied: answer.denied }
  const withheld: string[] = []
  for (const [index, externalId] of ids.entries()) {
    const row = answer.data.nodes[index] ?? null
    if (row === null) read.gone.push(externalId)
    else if (Object.keys(row).length === 0) withheld.push(externalId)
    else await readOne(fetching, { externalId, row, askedAt: answer.askedAt }, read)
  }
  return { read, withheld }
}

async function readOne(
  { ask, resource, denied }: Fetching,
  { externalId, row, askedAt }: { externalId: string; row: Row; askedAt: string },
  read: FetchedRecords,
): Promise<void> {
  const isWhole = await completeLists(row, READABLE[resource].selection, { ask, denied })
  if (!isWhole) return void read.unread.push({ externalId, words: CHANGED })
  try {
    read.states.push(mapRow(resource, row, askedAt))
  } catch (thrown) {
    if (!(thrown instanceof UnmappableBody)) throw thrown
    read.unread.push({ externalId, words: thrown.message })
  }
}

function join(answers: FetchedRecords[]): FetchedRecords {
  return {
    states: answers.flatMap(({ states }) => states),
    gone: answers.flatMap(({ gone }) => gone),
    unread: answers.flatMap(({ unread }) => unread),
    denied: [...new Set(answers.flatMap(({ denied }) => denied))],
  }
}

function slices<T>(items: T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  )
}
