-- AlterTable
ALTER TABLE "SyncRecord" ADD COLUMN     "diedAt" TIMESTAMPTZ(6);

-- When a record died was not noted. What is dead was last written then, or later.
UPDATE "SyncRecord" SET "diedAt" = "updatedAt" WHERE "state" = 'dead';
