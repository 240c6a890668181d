-- AlterTable
ALTER TABLE "SyncRun" ADD COLUMN     "generation" INTEGER,
ADD COLUMN     "startsAfresh" BOOLEAN NOT NULL DEFAULT false;

