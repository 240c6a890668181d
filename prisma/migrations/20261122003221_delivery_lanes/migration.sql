-- DropIndex
DROP INDEX "SyncRecord_dueAt_idx";

-- AlterTable
ALTER TABLE "SaasConnection" ADD COLUMN     "addressGeneration" INTEGER NOT NULL DEFAULT 1,
ADD COLUMN     "batchLimit" INTEGER,
ADD COLUMN     "batchLimitAskedAt" TIMESTAMPTZ(6),
ADD COLUMN     "breaker" JSONB,
ADD COLUMN     "callsPerSecond" INTEGER,
ADD COLUMN     "concurrency" INTEGER NOT NULL DEFAULT 16,
ADD COLUMN     "erasedFields" TEXT[] DEFAULT ARRAY[]::TEXT[],
ADD COLUMN     "laneId" UUID,
ADD COLUMN     "laneUntil" TIMESTAMPTZ(6),
ADD COLUMN     "pausedAt" TIMESTAMPTZ(6),
ADD COLUMN     "probeAt" TIMESTAMPTZ(6);

-- AlterTable
ALTER TABLE "SyncAttempt" ADD COLUMN     "batchSize" INTEGER NOT NULL DEFAULT 1;

-- AlterTable
ALTER TABLE "SyncRecord" ADD COLUMN     "dismissedHash" TEXT;

-- AlterTable
ALTER TABLE "SyncRun" ADD COLUMN     "changed" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "cursor" TEXT,
ADD COLUMN     "done" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "total" INTEGER;

-- AlterTable
ALTER TABLE "WebhookEvent" ADD COLUMN     "replayedAt" TIMESTAMPTZ(6);

-- CreateTable
CREATE TABLE "Schedule" (
    "name" TEXT NOT NULL,
    "nextAt" TIMESTAMPTZ(6) NOT NULL,
    "startedAt" TIMESTAMPTZ(6),

    CONSTRAINT "Schedule_pkey" PRIMARY KEY ("name")
);

-- CreateTable
CREATE TABLE "DeliveryStatistic" (
    "sourceConnectionId" UUID NOT NULL,
    "hour" TIMESTAMPTZ(6) NOT NULL,
    "outcome" TEXT NOT NULL,
    "attempts" INTEGER NOT NULL,

    CONSTRAINT "DeliveryStatistic_pkey" PRIMARY KEY ("sourceConnectionId","hour","outcome")
);

-- CreateIndex
CREATE INDEX "SyncRecord_sourceConnectionId_dueAt_idx" ON "SyncRecord"("sourceConnectionId", "dueAt");

-- AddForeignKey
ALTER TABLE "DeliveryStatistic" ADD CONSTRAINT "DeliveryStatistic_sourceConnectionId_fkey" FOREIGN KEY ("sourceConnectionId") REFERENCES "SourceConnection"("id") ON DELETE CASCADE ON UPDATE CASCADE;

