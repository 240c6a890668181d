import { z } from 'zod'
import { Resource } from '~/contracts/resource'
import { type Database } from '~/db.server'
import { type ActivityQuery } from '../activity-query'
import { Instant } from './instant'
import { PAGE_SIZE, pageOfRows, type Page } from './page-of-rows'
import { type ShopScope } from './scope.server'
import { spanOf } from './span-of'
import { Values } from './values'

const ViewRowShape = z.object({
  id: z.string(),
  /** Shopify's id of the person. */
  userId: z.string(),
  subject: z.enum(['event', 'record']),
  subjectId: z.string(),
  resource: Resource.nullable(),
  externalId: z.string().nullable(),
  /** ISO 8601. */
  shownAt: Instant,
})

/** Somebody had personal data shown. */
export type ViewRow = z.infer<typeof ViewRowShape>

/** A page of what was noted of who saw a shop's personal data, newest first. Its ids sort by time. */
export async function presentViewRows(
  db: Database,
  scope: ShopScope,
  query: ActivityQuery & { show: 'views' },
): Promise<Page<ViewRow>> {
  const { resource, place } = query
  const isBackwards = place !== null && 'before' in place
  const order = isBackwards ? 'ASC' : 'DESC'
  const { since, until } = spanOf(query, scope.timeZone)
  const values = new Values([scope.domain, PAGE_SIZE + 1])
  const start = place && ('before' in place ? place.before : place.after)
  const rows = await db.query(
    `SELECT v."id", v."userId", v."subject", v."subjectId", v."resource", v."externalId", v."shownAt" FROM "PersonalDataView" v
     WHERE v."store" = $1
       ${start === null ? '' : `AND v."id" ${isBackwards ? '>' : '<'} ${values.add(start)}::uuid`}
       ${since === null ? '' : `AND v."shownAt" >= ${values.add(since)}::timestamptz`}
       ${until === null ? '' : `AND v."shownAt" < ${values.add(until)}::timestamptz`}
       ${resource === null ? '' : `AND v."resource" = ${values.add(resource)}::text`}
     ORDER BY v."shownAt" ${order}, v."id" ${order} LIMIT $2`,
    values.all,
  )
  return pageOfRows({ rows: rows.map((row) => ViewRowShape.parse(row)), place, searchedTo: null })
}
