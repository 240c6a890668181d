import { parity } from '~/boot.server'

/** What this process counts, in Prometheus text. */
export async function loader(): Promise<Response> {
  const { metrics } = parity()
  return new Response(await metrics.text(), { headers: { 'Content-Type': metrics.contentType } })
}
