-- AlterTable
ALTER TABLE "Schedule" ADD COLUMN     "doneAt" TIMESTAMPTZ(6),
ADD COLUMN     "heldUntil" TIMESTAMPTZ(6);

