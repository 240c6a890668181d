-- Written by hand: a trigger, a collation, and a run for what is there already. See docs/decisions/020.
-- The list of records reads along this one; it takes the place of the one that it begins with.
DROP INDEX "SyncRecord_sourceConnectionId_resource_state_idx";

CREATE INDEX "SyncRecord_sourceConnectionId_resource_state_updatedAt_id_idx" ON "SyncRecord"("sourceConnectionId", "resource", "state", "updatedAt", "id");

-- Words are compared byte by byte, so that those with one beginning stand together.
CREATE TABLE "RecordTerm" (
    "sourceConnectionId" UUID NOT NULL,
    "term" TEXT COLLATE "C" NOT NULL,
    "recordId" UUID NOT NULL,

    CONSTRAINT "RecordTerm_pkey" PRIMARY KEY ("sourceConnectionId","term","recordId")
);

CREATE INDEX "RecordTerm_recordId_term_idx" ON "RecordTerm"("recordId", "term");

-- A foreign key would be looked up for every word that is written.
CREATE FUNCTION forget_terms() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    DELETE FROM "RecordTerm" t USING old_rows o WHERE t."recordId" = o."id" AND t."sourceConnectionId" = o."sourceConnectionId";
  ELSE
    DELETE FROM "RecordTerm";
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER forget_deleted AFTER DELETE ON "SyncRecord"
  REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION forget_terms();

CREATE TRIGGER forget_truncated AFTER TRUNCATE ON "SyncRecord"
  FOR EACH STATEMENT EXECUTE FUNCTION forget_terms();

-- What is there already is sealed: a run opens it and notes its words. It is begun by a worker (the schedule catch-up).
INSERT INTO "SyncRun" ("id", "sourceConnectionId", "kind", "state", "detail", "startedAt")
SELECT gen_random_uuid(), s."id", 're-evaluation', 'waiting', 'Records can be found by their names from now on.', now()
FROM "SourceConnection" s WHERE EXISTS (SELECT FROM "SyncRecord" r WHERE r."sourceConnectionId" = s."id");
