-- Written by hand: triggers and partial indexes. See docs/decisions/016.
-- Nobody writes a record until this is committed, so that none is counted twice or not at all.
LOCK TABLE "SyncRecord" IN SHARE ROW EXCLUSIVE MODE;

-- AlterTable
ALTER TABLE "SyncRecord" ADD COLUMN     "cause" TEXT;

-- The dead of one cause, the latest first. Only they are in it: all other writes pass it by.
CREATE INDEX "SyncRecord_dead_idx" ON "SyncRecord"("sourceConnectionId", "resource", COALESCE("cause", ''), "diedAt" DESC) WHERE "state" = 'dead';

-- Why a record stands where it does, as far as it is counted: a person's own words are left out, as they would make a row for each record;
-- how many causes there are is bounded where they are written (app/records/bound-causes.ts).
CREATE FUNCTION counted_reason(state text, reason text, cause text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE state WHEN 'dead' THEN COALESCE(cause, '')
    WHEN 'excluded' THEN CASE WHEN reason LIKE 'Dismissed: %' THEN 'Dismissed by a person.' ELSE COALESCE(reason, '') END
    ELSE '' END
$$;

CREATE OR REPLACE FUNCTION count_records() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO "RecordCount" ("sourceConnectionId", "resource", "state", "reason", "difference")
    SELECT "sourceConnectionId", "resource", counted_state("state", "desiredHash"), counted_reason("state", "reason", "cause"), count(*)
    FROM new_rows GROUP BY 1, 2, 3, 4;
  ELSIF TG_OP = 'UPDATE' THEN
    INSERT INTO "RecordCount" ("sourceConnectionId", "resource", "state", "reason", "difference")
    SELECT m."sourceConnectionId", m."resource", m.state, m.reason, sum(m.difference) FROM (
      SELECT "sourceConnectionId", "resource", counted_state("state", "desiredHash") AS state,
             counted_reason("state", "reason", "cause") AS reason, -1 AS difference FROM old_rows
      UNION ALL
      SELECT "sourceConnectionId", "resource", counted_state("state", "desiredHash"), counted_reason("state", "reason", "cause"), 1
      FROM new_rows
    ) m
    GROUP BY 1, 2, 3, 4 HAVING sum(m.difference) <> 0;
  ELSIF TG_OP = 'DELETE' THEN
    INSERT INTO "RecordCount" ("sourceConnectionId", "resource", "state", "reason", "difference")
    SELECT "sourceConnectionId", "resource", counted_state("state", "desiredHash"), counted_reason("state", "reason", "cause"), -count(*)
    FROM old_rows GROUP BY 1, 2, 3, 4;
  ELSE
    DELETE FROM "RecordCount";
  END IF;
  RETURN NULL;
END $$;

DROP FUNCTION counted_reason(text, text);

-- What is dead already is told apart by its code alone. The trigger counts it anew.
UPDATE "SyncRecord" SET "cause" = left("lastErrorCode", 60) WHERE "state" = 'dead' AND "lastErrorCode" ~ '^[A-Z0-9_]+$';
