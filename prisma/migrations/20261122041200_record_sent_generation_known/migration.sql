-- Under which generation a record was claimed was not always noted. No generation is 0: whatever was sent gets a revision of its own when it
-- is claimed again.
UPDATE "SyncRecord" SET "sentGeneration" = 0 WHERE "sentGeneration" IS NULL;
