-- AlterTable
ALTER TABLE "SyncRun" ADD COLUMN     "confirmedAt" TIMESTAMPTZ(6),
ADD COLUMN     "heldUntil" TIMESTAMPTZ(6);

-- AlterTable
ALTER TABLE "RunSighting" ADD COLUMN     "isGone" BOOLEAN NOT NULL DEFAULT false;

-- CreateIndex
CREATE INDEX "SyncRun_state_idx" ON "SyncRun"("state");
