import { type RecordState } from '~/contracts/states'
import { type Database } from '~/db.server'

/** A record's row as the journal has it: JSON, so that times are text, and bytes hex after `\x`. */
export interface RowImage {
  id: string
  externalId: string
  state: RecordState
  reason: string | null
  desiredUpdatedAt: string
  desiredTriggeredAt: string
  desiredAction: string | null
  desiredHash: string | null
  revision: number
  /** Why it is dead, without what is of this record alone. */
  cause: string | null
  deliveredHash: string | null
  deliveredBodyHash: string | null
  known: string | null
  /** What was known when the SaaS took it last, where that is not what is known now. */
  deliveredKnown: string | null
  deliveredAt: string | null
  deliveredGeneration: number | null
  attempts: number
  attemptId: string | null
  dueAt: string | null
  waitingSince: string | null
  updatedAt: string
}

/** One write of one record's row; `before` is null for the first. */
export interface Entry {
  before: RowImage | null
  after: RowImage
}

/** Lets the database itself note every write of a record, so that no change of state goes unseen. */
export async function keepJournal(db: Database): Promise<void> {
  await db.query(
    `CREATE TABLE "Journal" ("n" bigserial PRIMARY KEY, "source" uuid, "before" jsonb, "after" jsonb);
     CREATE FUNCTION note_record() RETURNS trigger LANGUAGE plpgsql AS $$
     BEGIN
       INSERT INTO "Journal" ("source", "before", "after")
       VALUES (NEW."sourceConnectionId", CASE WHEN TG_OP = 'UPDATE' THEN to_jsonb(OLD) END, to_jsonb(NEW));
       RETURN NULL;
     END $$;
     CREATE TRIGGER note_record AFTER INSERT OR UPDATE ON "SyncRecord" FOR EACH ROW EXECUTE FUNCTION note_record()`,
  )
}

/** What was written of a source connection's records since the last look, in the order of the writes of each record. */
export async function readJournal(db: Database, sourceConnectionId: string): Promise<Entry[]> {
  const rows = await db.query<{ n: string } & Entry>(
    `DELETE FROM "Journal" WHERE "source" = $1 RETURNING "n", "before", "after"`,
    [sourceConnectionId],
  )
  return rows.sort((a, b) => Number(a.n) - Number(b.n))
}
