-- AlterTable
ALTER TABLE "Question" ADD COLUMN     "hintedAt" TEXT COLLATE "C";
