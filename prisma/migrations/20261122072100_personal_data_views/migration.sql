-- CreateTable
CREATE TABLE "PersonalDataView" (
    "id" UUID NOT NULL,
    "store" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "subjectId" UUID NOT NULL,
    "resource" TEXT,
    "externalId" TEXT,
    "shownAt" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "PersonalDataView_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "PersonalDataView_store_shownAt_id_idx" ON "PersonalDataView"("store", "shownAt" DESC, "id" DESC);
