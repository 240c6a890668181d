-- AlterTable
ALTER TABLE "SourceConnection" ADD COLUMN     "askable" TEXT[] DEFAULT ARRAY[]::TEXT[];

-- AlterTable
ALTER TABLE "SyncAttempt" ADD COLUMN     "changedAt" TIMESTAMPTZ(6);

-- AlterTable
ALTER TABLE "SyncRecord" ADD COLUMN     "deliveredTextHash" TEXT;

-- DropIndex
DROP INDEX "SyncRun_bulkOperationId_idx";

-- AlterTable
ALTER TABLE "SyncRun" DROP COLUMN "bulkOperationId",
DROP COLUMN "sourceFinishedAt",
ADD COLUMN     "gone" INTEGER;

-- CreateTable
CREATE TABLE "Question" (
    "sourceConnectionId" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "externalId" TEXT NOT NULL,
    "askAt" TIMESTAMPTZ(6) NOT NULL,
    "tries" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "Question_pkey" PRIMARY KEY ("sourceConnectionId","kind","externalId")
);

-- CreateTable
CREATE TABLE "SourceReach" (
    "sourceConnectionId" UUID NOT NULL,
    "resource" TEXT NOT NULL,
    "reach" TEXT NOT NULL,
    "days" INTEGER,
    "reason" TEXT,
    "deniedFields" TEXT[],
    "lookedUntil" TEXT COLLATE "C",
    "lookedAt" TIMESTAMPTZ(6),
    "updatedAt" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "SourceReach_pkey" PRIMARY KEY ("sourceConnectionId","resource")
);

-- CreateTable
CREATE TABLE "SyncSlice" (
    "id" UUID NOT NULL,
    "runId" UUID NOT NULL,
    "sourceConnectionId" UUID NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "resource" TEXT NOT NULL,
    "createdFrom" TIMESTAMPTZ(6),
    "createdUntil" TIMESTAMPTZ(6),
    "updatedFrom" TIMESTAMPTZ(6),
    "state" TEXT NOT NULL,
    "exportId" TEXT,
    "takenAt" TEXT,
    "records" INTEGER,
    "objects" BIGINT,
    "readRecords" INTEGER NOT NULL DEFAULT 0,
    "readObjects" BIGINT NOT NULL DEFAULT 0,
    "changed" INTEGER NOT NULL DEFAULT 0,
    "faulty" INTEGER NOT NULL DEFAULT 0,
    "cursor" BIGINT NOT NULL DEFAULT 0,
    "tries" INTEGER NOT NULL DEFAULT 0,
    "dueAt" TIMESTAMPTZ(6),
    "code" TEXT,
    "detail" TEXT,
    "startedAt" TIMESTAMPTZ(6),
    "endedAt" TIMESTAMPTZ(6),

    CONSTRAINT "SyncSlice_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "RunSighting" (
    "runId" UUID NOT NULL,
    "resource" TEXT NOT NULL,
    "externalId" TEXT NOT NULL,

    CONSTRAINT "RunSighting_pkey" PRIMARY KEY ("runId","resource","externalId")
);

-- CreateTable
CREATE TABLE "RecordCount" (
    "id" BIGSERIAL NOT NULL,
    "sourceConnectionId" UUID NOT NULL,
    "resource" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "reason" TEXT NOT NULL DEFAULT '',
    "difference" INTEGER NOT NULL,

    CONSTRAINT "RecordCount_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "Question_sourceConnectionId_askAt_idx" ON "Question"("sourceConnectionId", "askAt");

-- CreateIndex
CREATE INDEX "SyncSlice_exportId_idx" ON "SyncSlice"("exportId");

-- CreateIndex
CREATE UNIQUE INDEX "SyncSlice_runId_ordinal_key" ON "SyncSlice"("runId", "ordinal");

-- CreateIndex
CREATE INDEX "RecordCount_sourceConnectionId_idx" ON "RecordCount"("sourceConnectionId");

-- AddForeignKey
ALTER TABLE "Question" ADD CONSTRAINT "Question_sourceConnectionId_fkey" FOREIGN KEY ("sourceConnectionId") REFERENCES "SourceConnection"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SourceReach" ADD CONSTRAINT "SourceReach_sourceConnectionId_fkey" FOREIGN KEY ("sourceConnectionId") REFERENCES "SourceConnection"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SyncSlice" ADD CONSTRAINT "SyncSlice_runId_fkey" FOREIGN KEY ("runId") REFERENCES "SyncRun"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SyncSlice" ADD CONSTRAINT "SyncSlice_sourceConnectionId_fkey" FOREIGN KEY ("sourceConnectionId") REFERENCES "SourceConnection"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RunSighting" ADD CONSTRAINT "RunSighting_runId_fkey" FOREIGN KEY ("runId") REFERENCES "SyncRun"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RecordCount" ADD CONSTRAINT "RecordCount_sourceConnectionId_fkey" FOREIGN KEY ("sourceConnectionId") REFERENCES "SourceConnection"("id") ON DELETE CASCADE ON UPDATE CASCADE;
