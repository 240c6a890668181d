-- CreateTable
CREATE TABLE "Dismissal" (
    "shopId" UUID NOT NULL,
    "notice" TEXT NOT NULL,
    "dismissedAt" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "Dismissal_pkey" PRIMARY KEY ("shopId","notice")
);

-- AddForeignKey
ALTER TABLE "Dismissal" ADD CONSTRAINT "Dismissal_shopId_fkey" FOREIGN KEY ("shopId") REFERENCES "Shop"("id") ON DELETE CASCADE ON UPDATE CASCADE;
