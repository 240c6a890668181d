-- CreateTable
CREATE TABLE "AlertSettings" (
    "shopId" UUID NOT NULL,
    "email" TEXT,
    "webhookUrl" TEXT,
    "webhookSecret" BYTEA,
    "failuresFrom" INTEGER NOT NULL DEFAULT 10,
    "locale" TEXT NOT NULL,
    "updatedAt" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "AlertSettings_pkey" PRIMARY KEY ("shopId")
);

-- CreateTable
CREATE TABLE "Incident" (
    "id" UUID NOT NULL,
    "shopId" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "cause" TEXT,
    "count" INTEGER,
    "openedAt" TIMESTAMPTZ(6) NOT NULL,
    "seenAt" TIMESTAMPTZ(6) NOT NULL,
    "toldAt" TIMESTAMPTZ(6),
    "closedAt" TIMESTAMPTZ(6),

    CONSTRAINT "Incident_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "AlertNotice" (
    "id" UUID NOT NULL,
    "shopId" UUID NOT NULL,
    "incidentId" UUID,
    "subject" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "madeAt" TIMESTAMPTZ(6) NOT NULL,
    "dueAt" TIMESTAMPTZ(6),
    "tries" INTEGER NOT NULL DEFAULT 0,
    "sentAt" TIMESTAMPTZ(6),
    "code" TEXT,

    CONSTRAINT "AlertNotice_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "Incident_shopId_openedAt_idx" ON "Incident"("shopId", "openedAt" DESC);

-- CreateIndex
CREATE INDEX "Incident_closedAt_idx" ON "Incident"("closedAt");

-- One of a kind is open at a time: two watchers at once open the same one.
CREATE UNIQUE INDEX "Incident_open_key" ON "Incident"("shopId", "kind") WHERE "closedAt" IS NULL;

-- CreateIndex
CREATE INDEX "AlertNotice_shopId_madeAt_idx" ON "AlertNotice"("shopId", "madeAt" DESC);

-- CreateIndex
CREATE INDEX "AlertNotice_dueAt_idx" ON "AlertNotice"("dueAt");

-- CreateIndex
CREATE INDEX "AlertNotice_madeAt_idx" ON "AlertNotice"("madeAt");

-- AddForeignKey
ALTER TABLE "AlertSettings" ADD CONSTRAINT "AlertSettings_shopId_fkey" FOREIGN KEY ("shopId") REFERENCES "Shop"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Incident" ADD CONSTRAINT "Incident_shopId_fkey" FOREIGN KEY ("shopId") REFERENCES "Shop"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "AlertNotice" ADD CONSTRAINT "AlertNotice_shopId_fkey" FOREIGN KEY ("shopId") REFERENCES "Shop"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "AlertNotice" ADD CONSTRAINT "AlertNotice_incidentId_fkey" FOREIGN KEY ("incidentId") REFERENCES "Incident"("id") ON DELETE CASCADE ON UPDATE CASCADE;
