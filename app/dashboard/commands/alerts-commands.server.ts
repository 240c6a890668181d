import { changeAlertSettings, renewAlertSecret } from '~/alerts/change-settings'
import { makeTest } from '~/alerts/make-test'
import { FieldError } from '~/lib/field-error'
import { ParityError } from '~/lib/errors'
import { readPublicAddress } from '~/lib/public-address'
import { DONE, type Runner } from './runner'

/** Sets whom the shop wants told. A new signing secret is in the answer, and nowhere else. */
export const saveAlerts: Runner<'save-alerts'> = async ({ db, clock, sealer, sendsMail }, scope, wish) => {
  const { email, webhook, failures, locale } = wish
  if (email !== '' && !sendsMail) throw new FieldError({ email: 'MAIL_NOT_SET_UP' })
  const settings = {
    email: email === '' ? null : email,
    webhookUrl: webhook.trim() === '' ? null : addressOf(webhook),
    failuresFrom: failures,
    locale,
  }
  const options = { sealer, now: clock() }
  const { secret } = await db.transaction((tx) => changeAlertSettings(tx, scope.shopId, settings, options))
  return secret === null ? DONE : { ...DONE, secret }
}

/** Sends a notice that is about nothing, by every way that is set. */
export const testAlert: Runner<'test-alert'> = async ({ db, clock }, { shopId }) => {
  const channels = await db.transaction((tx) => makeTest(tx, shopId, clock()))
  if (channels.length === 0) throw nowhere()
  return { count: channels.length, left: [] }
}

/** Gives the shop's address another secret. */
export const renewSecret: Runner<'renew-alert-secret'> = async ({ db, clock, sealer }, { shopId }) => {
  const secret = await renewAlertSecret(db, shopId, { sealer, now: clock() })
  if (secret === null) throw nowhere()
  return { ...DONE, secret }
}

function addressOf(typed: string): string {
  const read = readPublicAddress(typed, { withQuery: true })
  if ('fault' in read) throw new FieldError({ webhook: read.fault })
  return read.address
}

function nowhere(): ParityError {
  const words = 'There is nowhere to send it to. Set an address first.'
  return new ParityError('ALERT_NOWHERE', { message: words, userMessage: words })
}
