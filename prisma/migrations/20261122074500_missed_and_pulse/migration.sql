-- AlterTable
ALTER TABLE "SyncRun" ADD COLUMN     "missed" JSONB;

-- CreateTable
CREATE TABLE "Pulse" (
    "part" TEXT NOT NULL,
    "beatAt" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "Pulse_pkey" PRIMARY KEY ("part")
);
