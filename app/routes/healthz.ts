import { parity } from '~/boot.server'

/** Whether this process can do its work: the database answers, and the queue is set up. A SaaS that is down is no ill health of ours. */
export async function loader(): Promise<Response> {
  const { db } = parity()
  const reasons = (
    await Promise.all([
      reasonUnless('The database does not answer.', db.query('SELECT 1')),
      reasonUnless('The queue is not set up.', db.query('SELECT "name" FROM pgboss.queue LIMIT 1')),
    ])
  ).filter((reason) => reason !== null)

  return Response.json({ ok: reasons.length === 0, reasons }, { status: reasons.length === 0 ? 200 : 503 })
}

function reasonUnless(reason: string, check: Promise<unknown>): Promise<string | null> {
  return check.then(
    () => null,
    () => reason,
  )
}
