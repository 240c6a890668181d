import { v7 as uuid } from 'uuid'
import { type Resource } from '~/contracts/resource'
import { type Sql } from '~/db.server'

/** Something whose personal data is shown. */
export interface ViewedSubject {
  subject: 'event' | 'record'
  id: string
  resource: Resource | null
  externalId: string | null
}

/** Notes who has had which personal data shown, and when; never the data. One row for each thing. */
export async function logViews(
  sql: Sql,
  { store, userId }: { store: string; userId: string },
  viewed: ViewedSubject[],
  now: Date,
): Promise<void> {
  await sql.query(
    `INSERT INTO "PersonalDataView" ("id", "store", "userId", "subject", "subjectId", "resource", "externalId", "shownAt")
     SELECT v.id, $1, $2, v.subject, v.subject_id, v.resource, v.external_id, $3
     FROM unnest($4::uuid[], $5::text[], $6::uuid[], $7::text[], $8::text[]) AS v(id, subject, subject_id, resource, external_id)`,
    [
      store,
      userId,
      now,
      viewed.map(() => uuid({ msecs: now.getTime() })),
      viewed.map(({ subject }) => subject),
      viewed.map(({ id }) => id),
      viewed.map(({ resource }) => resource),
      viewed.map(({ externalId }) => externalId),
    ],
  )
}
