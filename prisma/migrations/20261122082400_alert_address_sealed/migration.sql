-- The address of a chat is a secret in itself: whoever knows it can write there. Nobody has set one yet.
ALTER TABLE "AlertSettings" DROP COLUMN "webhookUrl",
ADD COLUMN     "webhookUrl" BYTEA;
