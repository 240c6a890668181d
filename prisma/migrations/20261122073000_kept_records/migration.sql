-- AlterTable
ALTER TABLE "SyncRun" ADD COLUMN     "asksAgain" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "rests" TEXT;

-- CreateTable
CREATE TABLE "KeptRecord" (
    "sourceConnectionId" UUID NOT NULL,
    "resource" TEXT NOT NULL,
    "externalId" TEXT NOT NULL,
    "desiredUpdatedAt" TEXT COLLATE "C" NOT NULL,
    "desiredTriggeredAt" TEXT COLLATE "C" NOT NULL,
    "keptAt" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "KeptRecord_pkey" PRIMARY KEY ("sourceConnectionId","resource","externalId")
);

-- AddForeignKey
ALTER TABLE "KeptRecord" ADD CONSTRAINT "KeptRecord_sourceConnectionId_fkey" FOREIGN KEY ("sourceConnectionId") REFERENCES "SourceConnection"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What a run has proved to be gone, among all that it has seen. Prisma's schema cannot name it.
CREATE INDEX "RunSighting_gone_idx" ON "RunSighting"("runId", "resource", "externalId") WHERE "isGone";
