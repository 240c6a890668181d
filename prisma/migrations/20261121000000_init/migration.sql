
-- Versions are ordered as plain text, byte by byte, whatever the database's own collation is.
ALTER TABLE "SyncRecord" ALTER COLUMN "desiredUpdatedAt" TYPE TEXT COLLATE "C";
ALTER TABLE "SyncRecord" ALTER COLUMN "desiredTriggeredAt" TYPE TEXT COLLATE "C";
