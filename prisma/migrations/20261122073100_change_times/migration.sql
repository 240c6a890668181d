-- Freshness is told for each resource, of changes only.
ALTER TABLE "SyncRecord" ADD COLUMN     "changedAt" TIMESTAMPTZ(6);

ALTER TABLE "SyncAttempt" ADD COLUMN     "resource" TEXT;
UPDATE "SyncAttempt" a SET "resource" = r."resource" FROM "SyncRecord" r WHERE r."id" = a."recordId";
ALTER TABLE "SyncAttempt" ALTER COLUMN "resource" SET NOT NULL;

-- The schema cannot say that an index is partial: most attempts of a backfill are not in it.
CREATE INDEX "SyncAttempt_change_idx" ON "SyncAttempt"("sourceConnectionId", "resource", "startedAt" DESC) WHERE "changedAt" IS NOT NULL;
