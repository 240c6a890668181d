-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "MirrorStore" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "MirrorStore_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "MirrorKey" (
    "hash" TEXT NOT NULL,
    "storeId" UUID NOT NULL,
    "createdAt" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "MirrorKey_pkey" PRIMARY KEY ("hash")
);

-- CreateTable
CREATE TABLE "MirrorOrder" (
    "id" UUID NOT NULL,
    "storeId" UUID NOT NULL,
    "source" TEXT NOT NULL,
    "store" TEXT NOT NULL,
    "externalId" TEXT NOT NULL,
    "revision" BIGINT NOT NULL,
    "version" TEXT,
    "body" JSONB NOT NULL,
    "bodyHash" TEXT NOT NULL,
    "idHash" BYTEA NOT NULL,
    "deletedAt" TEXT,
    "createdAt" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "syncedAt" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "MirrorOrder_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "MirrorProduct" (
    "id" UUID NOT NULL,
    "storeId" UUID NOT NULL,
    "source" TEXT NOT NULL,
    "store" TEXT NOT NULL,
    "externalId" TEXT NOT NULL,
    "revision" BIGINT NOT NULL,
    "version" TEXT,
    "body" JSONB NOT NULL,
    "bodyHash" TEXT NOT NULL,
    "idHash" BYTEA NOT NULL,
    "deletedAt" TEXT,
    "createdAt" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "syncedAt" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "MirrorProduct_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "MirrorCustomer" (
    "id" UUID NOT NULL,
    "storeId" UUID NOT NULL,
    "source" TEXT NOT NULL,
    "store" TEXT NOT NULL,
    "externalId" TEXT NOT NULL,
    "revision" BIGINT NOT NULL,
    "version" TEXT,
    "body" JSONB NOT NULL,
    "bodyHash" TEXT NOT NULL,
    "idHash" BYTEA NOT NULL,
    "deletedAt" TEXT,
    "createdAt" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "syncedAt" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "MirrorCustomer_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "MirrorCategory" (
    "id" UUID NOT NULL,
    "storeId" UUID NOT NULL,
    "source" TEXT NOT NULL,
    "store" TEXT NOT NULL,
    "externalId" TEXT NOT NULL,
    "revision" BIGINT NOT NULL,
    "version" TEXT,
    "body" JSONB NOT NULL,
    "bodyHash" TEXT NOT NULL,
    "idHash" BYTEA NOT NULL,
    "deletedAt" TEXT,
    "createdAt" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "syncedAt" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "MirrorCategory_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "MirrorMessage" (
    "id" UUID NOT NULL,
    "storeId" UUID NOT NULL,
    "source" TEXT NOT NULL,
    "store" TEXT NOT NULL,
    "externalId" TEXT NOT NULL,
    "revision" BIGINT NOT NULL,
    "version" TEXT,
    "body" JSONB NOT NULL,
    "bodyHash" TEXT NOT NULL,
    "idHash" BYTEA NOT NULL,
    "deletedAt" TEXT,
    "createdAt" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "syncedAt" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "MirrorMessage_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "MirrorSyncLog" (
    "id" UUID NOT NULL,
    "storeId" UUID NOT NULL,
    "syncType" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "syncedCount" INTEGER NOT NULL DEFAULT 0,
    "skippedCount" INTEGER NOT NULL DEFAULT 0,
    "staleCount" INTEGER NOT NULL DEFAULT 0,
    "error" TEXT,
    "startedAt" TIMESTAMPTZ(6) NOT NULL,
    "endedAt" TIMESTAMPTZ(6),

    CONSTRAINT "MirrorSyncLog_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Session" (
    "id" TEXT NOT NULL,
    "shop" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "isOnline" BOOLEAN NOT NULL DEFAULT false,
    "scope" TEXT,
    "expires" TIMESTAMP(3),
    "accessToken" TEXT NOT NULL,
    "userId" BIGINT,
    "firstName" TEXT,
    "lastName" TEXT,
    "email" TEXT,
    "accountOwner" BOOLEAN NOT NULL DEFAULT false,
    "locale" TEXT,
    "collaborator" BOOLEAN DEFAULT false,
    "emailVerified" BOOLEAN DEFAULT false,
    "refreshToken" TEXT,
    "refreshTokenExpires" TIMESTAMP(3),

    CONSTRAINT "Session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Shop" (
    "id" UUID NOT NULL,
    "domain" TEXT NOT NULL,
    "name" TEXT,
    "currency" TEXT,
    "timeZone" TEXT,
    "installedAt" TIMESTAMPTZ(6),
    "uninstalledAt" TIMESTAMPTZ(6),
    "createdAt" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Shop_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "SaasConnection" (
    "id" UUID NOT NULL,
    "shopId" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "address" TEXT,
    "dialect" TEXT NOT NULL,
    "sealedKey" BYTEA,
    "piiPolicy" TEXT NOT NULL,
    "resources" TEXT[],
    "includeTestOrders" BOOLEAN NOT NULL DEFAULT false,
    "generation" INTEGER NOT NULL DEFAULT 1,
    "state" TEXT NOT NULL DEFAULT 'connected',
    "stateReason" TEXT,
    "lastDeliveredAt" TIMESTAMPTZ(6),
    "lastFailedAt" TIMESTAMPTZ(6),
    "createdAt" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "SaasConnection_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "SourceConnection" (
    "id" UUID NOT NULL,
    "shopId" UUID NOT NULL,
    "platform" TEXT NOT NULL,
    "account" TEXT NOT NULL,
    "sealedSecret" BYTEA,
    "registrationId" TEXT,
    "trust" TEXT NOT NULL DEFAULT 'signed',
    "createdAt" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "SourceConnection_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "WebhookEvent" (
    "id" UUID NOT NULL,
    "sourceConnectionId" UUID,
    "origin" TEXT NOT NULL,
    "deliveryId" TEXT NOT NULL,
    "platform" TEXT NOT NULL,
    "store" TEXT NOT NULL,
    "topic" TEXT NOT NULL,
    "apiVersion" TEXT,
    "senderEventId" TEXT,
    "triggeredAt" TEXT,
    "isTest" BOOLEAN NOT NULL DEFAULT false,
    "resource" TEXT,
    "externalId" TEXT,
    "recordId" UUID,
    "outcome" TEXT NOT NULL,
    "detail" TEXT,
    "payload" BYTEA,
    "payloadSize" INTEGER NOT NULL,
    "payloadExpiresAt" TIMESTAMPTZ(6),
    "receivedAt" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "WebhookEvent_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "SyncRecord" (
    "id" UUID NOT NULL,
    "sourceConnectionId" UUID NOT NULL,
    "resource" TEXT NOT NULL,
    "externalId" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "reason" TEXT,
    "known" BYTEA,
    "desiredUpdatedAt" TEXT NOT NULL DEFAULT '',
    "desiredTriggeredAt" TEXT NOT NULL DEFAULT '',
    "desiredAction" TEXT,
    "desiredHash" TEXT,
    "revision" BIGINT NOT NULL DEFAULT 0,
    "deliveredHash" TEXT,
    "deliveredBodyHash" TEXT,
    "deliveredRevision" BIGINT,
    "deliveredGeneration" INTEGER,
    "deliveredAt" TIMESTAMPTZ(6),
    "saasId" TEXT,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "attemptId" UUID,
    "dueAt" TIMESTAMPTZ(6),
    "waitingSince" TIMESTAMPTZ(6),
    "lastErrorCode" TEXT,
    "lastError" TEXT,
    "createdAt" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "SyncRecord_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "SyncAttempt" (
    "id" UUID NOT NULL,
    "sourceConnectionId" UUID NOT NULL,
    "recordId" UUID NOT NULL,
    "revision" BIGINT NOT NULL,
    "generation" INTEGER NOT NULL,
    "number" INTEGER NOT NULL,
    "traceId" TEXT NOT NULL,
    "startedAt" TIMESTAMPTZ(6) NOT NULL,
    "endedAt" TIMESTAMPTZ(6),
    "outcome" TEXT NOT NULL DEFAULT 'in_flight',
    "httpStatus" INTEGER,
    "code" TEXT,
    "detail" TEXT,
    "action" TEXT NOT NULL,

    CONSTRAINT "SyncAttempt_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "SyncRun" (
    "id" UUID NOT NULL,
    "sourceConnectionId" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "resource" TEXT,
    "state" TEXT NOT NULL,
    "bulkOperationId" TEXT,
    "sourceFinishedAt" TIMESTAMPTZ(6),
    "detail" TEXT,
    "startedAt" TIMESTAMPTZ(6) NOT NULL,
    "endedAt" TIMESTAMPTZ(6),

    CONSTRAINT "SyncRun_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ComplianceRequest" (
    "id" UUID NOT NULL,
    "store" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "eventId" UUID NOT NULL,
    "customerExternalId" TEXT,
    "orderExternalIds" TEXT[],
    "state" TEXT NOT NULL DEFAULT 'open',
    "receivedAt" TIMESTAMPTZ(6) NOT NULL,
    "dueAt" TIMESTAMPTZ(6) NOT NULL,
    "completedAt" TIMESTAMPTZ(6),
    "detail" TEXT,

    CONSTRAINT "ComplianceRequest_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "MirrorStore_name_key" ON "MirrorStore"("name");

-- CreateIndex
CREATE INDEX "MirrorKey_storeId_idx" ON "MirrorKey"("storeId");

-- CreateIndex
CREATE INDEX "MirrorOrder_storeId_source_store_idHash_idx" ON "MirrorOrder"("storeId", "source", "store", "idHash");

-- CreateIndex
CREATE UNIQUE INDEX "MirrorOrder_storeId_source_store_externalId_key" ON "MirrorOrder"("storeId", "source", "store", "externalId");

-- CreateIndex
CREATE INDEX "MirrorProduct_storeId_source_store_idHash_idx" ON "MirrorProduct"("storeId", "source", "store", "idHash");

-- CreateIndex
CREATE UNIQUE INDEX "MirrorProduct_storeId_source_store_externalId_key" ON "MirrorProduct"("storeId", "source", "store", "externalId");

-- CreateIndex
CREATE INDEX "MirrorCustomer_storeId_source_store_idHash_idx" ON "MirrorCustomer"("storeId", "source", "store", "idHash");

-- CreateIndex
CREATE UNIQUE INDEX "MirrorCustomer_storeId_source_store_externalId_key" ON "MirrorCustomer"("storeId", "source", "store", "externalId");

-- CreateIndex
CREATE INDEX "MirrorCategory_storeId_source_store_idHash_idx" ON "MirrorCategory"("storeId", "source", "store", "idHash");

-- CreateIndex
CREATE UNIQUE INDEX "MirrorCategory_storeId_source_store_externalId_key" ON "MirrorCategory"("storeId", "source", "store", "externalId");

-- CreateIndex
CREATE INDEX "MirrorMessage_storeId_source_store_idHash_idx" ON "MirrorMessage"("storeId", "source", "store", "idHash");

-- CreateIndex
CREATE UNIQUE INDEX "MirrorMessage_storeId_source_store_externalId_key" ON "MirrorMessage"("storeId", "source", "store", "externalId");

-- CreateIndex
CREATE INDEX "MirrorSyncLog_storeId_startedAt_idx" ON "MirrorSyncLog"("storeId", "startedAt" DESC);

-- CreateIndex
CREATE INDEX "Session_shop_idx" ON "Session"("shop");

-- CreateIndex
CREATE UNIQUE INDEX "Shop_domain_key" ON "Shop"("domain");

-- CreateIndex
CREATE UNIQUE INDEX "SaasConnection_shopId_key" ON "SaasConnection"("shopId");

-- CreateIndex
CREATE INDEX "SourceConnection_shopId_idx" ON "SourceConnection"("shopId");

-- CreateIndex
CREATE UNIQUE INDEX "SourceConnection_platform_account_key" ON "SourceConnection"("platform", "account");

-- CreateIndex
CREATE INDEX "WebhookEvent_sourceConnectionId_receivedAt_id_idx" ON "WebhookEvent"("sourceConnectionId", "receivedAt" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "WebhookEvent_recordId_receivedAt_idx" ON "WebhookEvent"("recordId", "receivedAt" DESC);

-- CreateIndex
CREATE INDEX "WebhookEvent_payloadExpiresAt_idx" ON "WebhookEvent"("payloadExpiresAt");

-- CreateIndex
CREATE UNIQUE INDEX "WebhookEvent_origin_deliveryId_key" ON "WebhookEvent"("origin", "deliveryId");

-- CreateIndex
CREATE INDEX "SyncRecord_sourceConnectionId_resource_state_idx" ON "SyncRecord"("sourceConnectionId", "resource", "state");

-- CreateIndex
CREATE INDEX "SyncRecord_dueAt_idx" ON "SyncRecord"("dueAt");

-- CreateIndex
CREATE UNIQUE INDEX "SyncRecord_sourceConnectionId_resource_externalId_key" ON "SyncRecord"("sourceConnectionId", "resource", "externalId");

-- CreateIndex
CREATE INDEX "SyncAttempt_recordId_startedAt_idx" ON "SyncAttempt"("recordId", "startedAt" DESC);

-- CreateIndex
CREATE INDEX "SyncAttempt_sourceConnectionId_startedAt_id_idx" ON "SyncAttempt"("sourceConnectionId", "startedAt" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "SyncRun_sourceConnectionId_startedAt_idx" ON "SyncRun"("sourceConnectionId", "startedAt" DESC);

-- CreateIndex
CREATE INDEX "SyncRun_bulkOperationId_idx" ON "SyncRun"("bulkOperationId");

-- CreateIndex
CREATE UNIQUE INDEX "ComplianceRequest_eventId_key" ON "ComplianceRequest"("eventId");

-- CreateIndex
CREATE INDEX "ComplianceRequest_store_receivedAt_idx" ON "ComplianceRequest"("store", "receivedAt");

-- CreateIndex
CREATE INDEX "ComplianceRequest_state_dueAt_idx" ON "ComplianceRequest"("state", "dueAt");

-- AddForeignKey
ALTER TABLE "MirrorKey" ADD CONSTRAINT "MirrorKey_storeId_fkey" FOREIGN KEY ("storeId") REFERENCES "MirrorStore"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "MirrorOrder" ADD CONSTRAINT "MirrorOrder_storeId_fkey" FOREIGN KEY ("storeId") REFERENCES "MirrorStore"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "MirrorProduct" ADD CONSTRAINT "MirrorProduct_storeId_fkey" FOREIGN KEY ("storeId") REFERENCES "MirrorStore"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "MirrorCustomer" ADD CONSTRAINT "MirrorCustomer_storeId_fkey" FOREIGN KEY ("storeId") REFERENCES "MirrorStore"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "MirrorCategory" ADD CONSTRAINT "MirrorCategory_storeId_fkey" FOREIGN KEY ("storeId") REFERENCES "MirrorStore"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "MirrorMessage" ADD CONSTRAINT "MirrorMessage_storeId_fkey" FOREIGN KEY ("storeId") REFERENCES "MirrorStore"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "MirrorSyncLog" ADD CONSTRAINT "MirrorSyncLog_storeId_fkey" FOREIGN KEY ("storeId") REFERENCES "MirrorStore"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SaasConnection" ADD CONSTRAINT "SaasConnection_shopId_fkey" FOREIGN KEY ("shopId") REFERENCES "Shop"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SourceConnection" ADD CONSTRAINT "SourceConnection_shopId_fkey" FOREIGN KEY ("shopId") REFERENCES "Shop"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "WebhookEvent" ADD CONSTRAINT "WebhookEvent_sourceConnectionId_fkey" FOREIGN KEY ("sourceConnectionId") REFERENCES "SourceConnection"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SyncRecord" ADD CONSTRAINT "SyncRecord_sourceConnectionId_fkey" FOREIGN KEY ("sourceConnectionId") REFERENCES "SourceConnection"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SyncAttempt" ADD CONSTRAINT "SyncAttempt_sourceConnectionId_fkey" FOREIGN KEY ("sourceConnectionId") REFERENCES "SourceConnection"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SyncAttempt" ADD CONSTRAINT "SyncAttempt_recordId_fkey" FOREIGN KEY ("recordId") REFERENCES "SyncRecord"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SyncRun" ADD CONSTRAINT "SyncRun_sourceConnectionId_fkey" FOREIGN KEY ("sourceConnectionId") REFERENCES "SourceConnection"("id") ON DELETE CASCADE ON UPDATE CASCADE;


-- Versions are ordered as plain text, byte by byte, whatever the database's own collation is.
ALTER TABLE "SyncRecord" ALTER COLUMN "desiredUpdatedAt" TYPE TEXT COLLATE "C";
ALTER TABLE "SyncRecord" ALTER COLUMN "desiredTriggeredAt" TYPE TEXT COLLATE "C";
