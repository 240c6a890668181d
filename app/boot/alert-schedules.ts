import { createMailSender } from '../alerts/send-mail'
import { type NoticePorts, sendNotices } from '../alerts/send-notices'
import { createWebhookSender } from '../alerts/send-webhook'
import { watchIncidents } from '../alerts/watch-incidents'
import { type Config } from '../config.server'
import { alertWords } from '../dashboard/alert-words'
import { type Schedule } from '../jobs/schedule'
import { guardedFetch } from '../lib/guarded-fetch'
import { type Parity } from './parity'

const SECOND_MS = 1_000

/** Everything that Parity does by the clock to tell people when something is wrong. */
export function alertSchedules({ db, sealer, logger }: Parity, env: Config): Schedule[] {
  const ports: NoticePorts = {
    db,
    logger,
    tell: alertWords,
    by: {
      email: createMailSender(mailOptions(env)),
      webhook: createWebhookSender({ sealer, fetch: guardedFetch }),
    },
  }
  return [
    { name: 'incidents', everyMs: 30 * SECOND_MS, run: (turn) => watchIncidents(db, turn) },
    { name: 'alerts', everyMs: 5 * SECOND_MS, run: (turn) => sendNotices(ports, turn) },
  ]
}

function mailOptions({ SMTP_URL, MAIL_FROM, SHOPIFY_APP_URL }: Config) {
  if (SMTP_URL === undefined) return null
  return { smtpUrl: SMTP_URL, from: MAIL_FROM ?? `parity@${new URL(SHOPIFY_APP_URL).hostname}` }
}
