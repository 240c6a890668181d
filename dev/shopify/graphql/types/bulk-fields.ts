import { gid } from '../../bodies/body-parts'
import { type BulkOperation } from '../../bulk/bulk-operations'
import { fieldsOf, idIn, type Fields } from '../fields'

/** Bulk operations, and how they are begun and called off. Counts are texts of digits. */
export const bulkTypes: Record<string, Fields> = {
  Mutation: fieldsOf<undefined>({
    bulkOperationRunQuery: async (_root, { query, groupObjects }, context) => {
      const begun = await context.bulk.run(context, String(query), groupObjects === true)
      return Array.isArray(begun)
        ? { bulkOperation: null, userErrors: begun }
        : { bulkOperation: begun, userErrors: [] }
    },
    bulkOperationCancel: (_root, { id }, { bulk }) => bulk.cancel(idIn(id, 'BulkOperation') ?? ''),
  }),
  BulkOperation: fieldsOf<BulkOperation>({
    id: ({ id }) => gid('BulkOperation', id),
    type: () => 'QUERY',
    objectCount: ({ objectCount }) => String(objectCount),
    rootObjectCount: ({ rootObjectCount }) => String(rootObjectCount),
    fileSize: ({ fileSize }) => (fileSize === null ? null : String(fileSize)),
  }),
}
