import { z } from 'zod'
import { type Selection } from '~/contracts/store-reader'
import { toSortable } from '~/lib/time'
import { type AskAdmin } from './ask-admin.server'
import { answerNotUnderstood } from './errors'
import { exportQuery } from './export-query'

/** Children come right after their parent, so that one record at a time can be read. */
export const START_EXPORT = `#graphql
  mutation StartExport($query: String!) {
    bulkOperationRunQuery(query: $query, groupObjects: true) {
      bulkOperation { id createdAt }
      userErrors { code }
    }
  }
`

const Started = z.object({
  bulkOperationRunQuery: z.object({
    bulkOperation: z.object({ id: z.string(), createdAt: z.string().transform(toSortable) }).nullish(),
    userErrors: z.array(z.object({ code: z.string().nullish() })),
  }),
})

/** Five queries may run at a time (since API version 2026-01); these say that they do. */
const BUSY = new Set(['OPERATION_IN_PROGRESS', 'LIMIT_REACHED'])

/**
 * Begins an export.
 *
 * @param denied the fields that the store withholds: they are left out
 * @returns when it was taken is by the store's clock, UTC text with nine decimals; null when the store has as many under way as it allows
 * @throws ParityError as `AskAdmin` does
 */
export async function startExport(
  ask: AskAdmin,
  shop: string,
  selection: Selection,
  denied: ReadonlySet<string>,
): Promise<{ exportId: string; takenAt: string } | null> {
  const { data } = await ask({
    kind: 'start export',
    query: START_EXPORT,
    variables: { query: exportQuery(selection, denied) },
    answer: Started,
  })
  const { bulkOperation: begun, userErrors } = data.bulkOperationRunQuery
  if (begun && userErrors.length === 0) return { exportId: begun.id, takenAt: begun.createdAt }

  const codes = userErrors.map(({ code }) => code ?? 'without code')
  if (codes.some((code) => BUSY.has(code))) return null
  throw answerNotUnderstood(shop, `an export was not begun: ${codes.join(', ')}`)
}
