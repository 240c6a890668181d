-- AlterTable
ALTER TABLE "SyncRecord" ADD COLUMN     "sentGeneration" INTEGER;

