-- What a record's own page tells: what the SaaS took, what moved the desired state, and which webhooks came again.
ALTER TABLE "WebhookEvent" ADD COLUMN "duplicates" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN "lastDuplicateAt" TIMESTAMPTZ(6);

ALTER TABLE "SyncRecord" ADD COLUMN "desiredAt" TIMESTAMPTZ(6),
ADD COLUMN "desiredBy" TEXT,
ADD COLUMN "deliveredKnown" BYTEA;

-- What was taken before this was kept is known where nothing has changed since.
UPDATE "SyncRecord" SET "deliveredKnown" = '' WHERE "deliveredAt" IS NOT NULL AND "deliveredHash" IS DISTINCT FROM "desiredHash";
