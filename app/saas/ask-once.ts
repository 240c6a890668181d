import { randomBytes, randomUUID } from 'node:crypto'
import { callSaas, type CallOptions } from './call-saas'
import { type SaasAnswer, type SaasRequest, type SaasSilence } from './dialect'

/** Makes one call that belongs to no record. Never throws. */
export function askOnce(
  request: SaasRequest,
  options: Omit<CallOptions, 'idempotencyKey' | 'traceparent'>,
): Promise<SaasAnswer | SaasSilence> {
  const traceparent = `00-${randomBytes(16).toString('hex')}-${randomBytes(8).toString('hex')}-01`
  return callSaas(request, { ...options, idempotencyKey: `ask:${randomUUID()}`, traceparent })
}
