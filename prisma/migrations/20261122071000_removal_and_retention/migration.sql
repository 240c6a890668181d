-- For how long a shop has Parity remember.
ALTER TABLE "Shop" ADD COLUMN "payloadDays" INTEGER NOT NULL DEFAULT 30,
ADD COLUMN "payloadsDated" INTEGER NOT NULL DEFAULT 30,
ADD COLUMN "historyDays" INTEGER NOT NULL DEFAULT 90,
ADD COLUMN "statisticDays" INTEGER NOT NULL DEFAULT 400;

-- What a person wants removed from the SaaS, and what may be there.
ALTER TABLE "SaasConnection" ADD COLUMN "removals" JSONB NOT NULL DEFAULT '{}';

ALTER TABLE "SyncRecord" ADD COLUMN "placedGeneration" INTEGER;

UPDATE "SyncRecord" SET "placedGeneration" = GREATEST("sentGeneration", "deliveredGeneration") WHERE "state" <> 'deleted';

-- The reason of what is not selected tells whether the SaaS has it, and is what such records are counted by.
UPDATE "SyncRecord" r SET "reason" = 'This resource is not selected for mirroring. The SaaS keeps what it was sent.'
FROM "SourceConnection" o JOIN "SaasConnection" c ON c."shopId" = o."shopId"
WHERE o."id" = r."sourceConnectionId" AND r."state" = 'excluded' AND r."reason" = 'This resource is not selected for mirroring.'
  AND r."placedGeneration" >= c."addressGeneration";
