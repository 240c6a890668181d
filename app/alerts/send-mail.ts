import nodemailer from 'nodemailer'
import { type SendBy, type Sent } from './send-notices'

const TIMEOUT_MS = 15_000

/** Where mail is handed in, and in whose name. */
export interface MailOptions {
  /** smtp:// or smtps://, with the user and the password in it. */
  smtpUrl: string
  /** The address that alerts come from. */
  from: string
}

/**
 * Sends notices by mail; without options no mail can be sent, and every notice says so. A mail bears the notice's id, by which a mailbox
 * can tell that it came twice.
 */
export function createMailSender(options: MailOptions | null): SendBy {
  if (options === null)
    return () => Promise.resolve({ kind: 'failed', code: 'MAIL_NOT_SET_UP', isFinal: true })
  const { smtpUrl, from } = options
  const timeouts = { connectionTimeout: TIMEOUT_MS, greetingTimeout: TIMEOUT_MS, socketTimeout: TIMEOUT_MS }
  const transport = nodemailer.createTransport({ url: smtpUrl, ...timeouts })
  return async ({ id, email }, { title, body }) => {
    if (email === null) return GONE
    const messageId = `<${id}@${from.split('@').at(-1)}>`
    return transport
      .sendMail({ from, to: email, subject: title, text: body, messageId })
      .then(() => ({ kind: 'sent' }) as const, failureOf)
  }
}

/** The shop does not want to be told in this way any more. */
const GONE: Sent = { kind: 'failed', code: 'RECEIVER_GONE', isFinal: true }

/**
 * An answer of 5xx is the server's last word on this mail (RFC 5321, 4.2.1), but where it does not let us in at all: that is the operator's to
 * mend, and no fault of the mail. The text of an answer may hold the address, and is left out.
 */
function failureOf(error: unknown): Sent {
  const { responseCode, code } = error as { responseCode?: number; code?: string }
  if (responseCode !== undefined)
    return { kind: 'failed', code: `SMTP_${responseCode}`, isFinal: responseCode >= 500 && code !== 'EAUTH' }
  return { kind: 'failed', code: code ?? 'MAIL_NOT_TAKEN', isFinal: false }
}
