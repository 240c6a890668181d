-- Written by hand: Prisma knows no triggers. See docs/decisions/016.
-- Nobody writes a record until this is committed, so that none is counted twice or not at all.
LOCK TABLE "SyncRecord" IN SHARE ROW EXCLUSIVE MODE;

-- What is deleted with its source connection is counted down after that has gone, and sums up to nothing.
ALTER TABLE "RecordCount" DROP CONSTRAINT "RecordCount_sourceConnectionId_fkey";

DROP INDEX "RecordCount_sourceConnectionId_idx";

ALTER TABLE "RecordCount" ADD COLUMN     "isSum" BOOLEAN NOT NULL DEFAULT false;

CREATE INDEX "RecordCount_isSum_sourceConnectionId_idx" ON "RecordCount"("isSum", "sourceConnectionId");

CREATE INDEX "SyncRun_sourceConnectionId_kind_endedAt_idx" ON "SyncRun"("sourceConnectionId", "kind", "endedAt");

-- The state that a record is counted under.
CREATE FUNCTION counted_state(state text, desired_hash text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE WHEN state = 'waiting' AND desired_hash IS NULL THEN 'unknown' ELSE state END
$$;

-- Why a record is excluded, as far as it is counted: a person's own words are left out, as they would make a row for each record.
CREATE FUNCTION counted_reason(state text, reason text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE WHEN state <> 'excluded' THEN '' WHEN reason LIKE 'Dismissed: %' THEN 'Dismissed by a person.' ELSE COALESCE(reason, '') END
$$;

CREATE FUNCTION count_records() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO "RecordCount" ("sourceConnectionId", "resource", "state", "reason", "difference")
    SELECT "sourceConnectionId", "resource", counted_state("state", "desiredHash"), counted_reason("state", "reason"), count(*)
    FROM new_rows GROUP BY 1, 2, 3, 4;
  ELSIF TG_OP = 'UPDATE' THEN
    INSERT INTO "RecordCount" ("sourceConnectionId", "resource", "state", "reason", "difference")
    SELECT m."sourceConnectionId", m."resource", m.state, m.reason, sum(m.difference) FROM (
      SELECT "sourceConnectionId", "resource", counted_state("state", "desiredHash") AS state, counted_reason("state", "reason") AS reason,
             -1 AS difference FROM old_rows
      UNION ALL
      SELECT "sourceConnectionId", "resource", counted_state("state", "desiredHash"), counted_reason("state", "reason"), 1 FROM new_rows
    ) m
    GROUP BY 1, 2, 3, 4 HAVING sum(m.difference) <> 0;
  ELSIF TG_OP = 'DELETE' THEN
    INSERT INTO "RecordCount" ("sourceConnectionId", "resource", "state", "reason", "difference")
    SELECT "sourceConnectionId", "resource", counted_state("state", "desiredHash"), counted_reason("state", "reason"), -count(*)
    FROM old_rows GROUP BY 1, 2, 3, 4;
  ELSE
    DELETE FROM "RecordCount";
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER count_inserted AFTER INSERT ON "SyncRecord"
  REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION count_records();

CREATE TRIGGER count_updated AFTER UPDATE ON "SyncRecord"
  REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION count_records();

CREATE TRIGGER count_deleted AFTER DELETE ON "SyncRecord"
  REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION count_records();

CREATE TRIGGER count_truncated AFTER TRUNCATE ON "SyncRecord"
  FOR EACH STATEMENT EXECUTE FUNCTION count_records();

-- The records there are already.
INSERT INTO "RecordCount" ("sourceConnectionId", "resource", "state", "reason", "difference", "isSum")
SELECT "sourceConnectionId", "resource", counted_state("state", "desiredHash"), counted_reason("state", "reason"), count(*), true
FROM "SyncRecord" GROUP BY 1, 2, 3, 4;
