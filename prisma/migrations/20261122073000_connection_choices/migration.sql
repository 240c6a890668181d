-- What a person of the shop has chosen, and the operator's environment does not set any more.
ALTER TABLE "SaasConnection" ADD COLUMN "chosen" TEXT[] DEFAULT ARRAY[]::TEXT[];
UPDATE "SaasConnection" SET "chosen" = '{place}' WHERE "kind" = 'merchant';
