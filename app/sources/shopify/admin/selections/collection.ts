import { leaves, object, select } from '../selection'

/** What is asked of a collection. */
export const COLLECTION = select('Collection', leaves('id', 'updatedAt', 'title', 'handle'), {
  productsCount: object('productsCount', select('Count', leaves('count', 'precision'))),
})
