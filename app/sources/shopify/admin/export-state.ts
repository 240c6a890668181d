import { z } from 'zod'
import { type ExportState } from '~/contracts/store-reader'
import { type AskAdmin } from './ask-admin.server'

export const EXPORT_STATE = `#graphql
  query ExportState($id: ID!) {
    bulkOperation(id: $id) {
      status
      errorCode
      objectCount
      rootObjectCount
      url
    }
  }
`

const Operation = z.object({
  status: z.enum(['CREATED', 'RUNNING', 'CANCELING', 'COMPLETED', 'FAILED', 'CANCELED', 'EXPIRED']),
  errorCode: z.string().nullish(),
  objectCount: z.coerce.number(),
  rootObjectCount: z.coerce.number(),
  url: z.string().nullish(),
})
const State = z.object({ bulkOperation: Operation.nullable() })

const WORDS = new Map([
  ['ACCESS_DENIED', 'Shopify refused the export, because a right to read is missing.'],
  ['TIMEOUT', 'Shopify gave the export up, because it took too long.'],
  ['INTERNAL_SERVER_ERROR', 'Shopify could not finish the export, for reasons of its own.'],
])

/** Where an export stands. @throws ParityError as `AskAdmin` does */
export async function exportState(ask: AskAdmin, exportId: string): Promise<ExportState> {
  const { data } = await ask({
    kind: 'export state',
    query: EXPORT_STATE,
    variables: { id: exportId },
    answer: State,
  })
  return data.bulkOperation ? toState(data.bulkOperation) : { kind: 'gone' }
}

function toState(operation: z.infer<typeof Operation>): ExportState {
  const { status, errorCode, objectCount: objects, rootObjectCount: records, url } = operation
  switch (status) {
    case 'CREATED':
    case 'RUNNING':
    case 'CANCELING':
      return { kind: 'under_way', objects }
    case 'COMPLETED':
      // With records and without an address, its file is gone.
      return !url && objects > 0 ? { kind: 'gone' } : { kind: 'ready', url: url ?? null, records, objects }
    case 'FAILED':
      return {
        kind: 'failed',
        isRefused: errorCode === 'ACCESS_DENIED',
        words: WORDS.get(errorCode ?? '') ?? 'Shopify could not finish the export.',
      }
    case 'CANCELED':
      return { kind: 'failed', isRefused: false, words: 'The export was called off.' }
    case 'EXPIRED':
      return { kind: 'gone' }
  }
}
