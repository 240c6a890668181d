import { z } from 'zod'
import { type AskAdmin } from './ask-admin.server'

export const CANCEL_EXPORT = `#graphql
  mutation CancelExport($id: ID!) {
    bulkOperationCancel(id: $id) {
      bulkOperation { status }
      userErrors { message }
    }
  }
`

/** Calls an export off. That it has ended, or is not known any more, is no error. @throws ParityError as `AskAdmin` does */
export async function cancelExport(ask: AskAdmin, exportId: string): Promise<void> {
  await ask({
    kind: 'cancel export',
    query: CANCEL_EXPORT,
    variables: { id: exportId },
    answer: z.object({ bulkOperationCancel: z.unknown() }),
  })
}
