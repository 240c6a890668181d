-- AlterTable
ALTER TABLE "SyncRecord" ADD COLUMN     "notBefore" TIMESTAMPTZ(6);
