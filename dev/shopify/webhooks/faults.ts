import { z } from 'zod'
import { FaultQueue } from '../fault-queue'
import { type Random } from '../random'
import { type Delivery } from './delivery'

/** How the network between Shopify and the app misbehaves, on command. */
export const WebhookFault = z.intersection(
  z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('duplicate'), copies: z.number().int().min(1).max(20).default(1) }),
    z.object({ kind: z.literal('drop') }),
    z.object({ kind: z.literal('delay'), ms: z.number().min(0) }),
    /** Holds so many deliveries back, then sends them newest first. */
    z.object({ kind: z.literal('reorder'), window: z.number().int().min(2).max(1000) }),
    /** Changes the body of the first attempt after it was signed; a retry carries the true one. */
    z.object({ kind: z.literal('tamper') }),
  ]),
  z.object({
    /** Only this topic. */
    topic: z.string().optional(),
    recordId: z.string().optional(),
    /** For the next so many deliveries; absent: until told otherwise. */
    times: z.number().int().positive().optional(),
    /** For each delivery apart, from 0 to 1. */
    chance: z.number().min(0).max(1).default(1),
  }),
)
export type WebhookFault = z.infer<typeof WebhookFault>
export type WebhookFaultInput = z.input<typeof WebhookFault>

/** The webhook faults of one shop. */
export class WebhookFaults extends FaultQueue<WebhookFault> {
  readonly #random: Random

  constructor(random: Random) {
    super()
    this.#random = random
  }

  /** The fault that meets this delivery, if one does. */
  meet(delivery: Delivery): WebhookFault | undefined {
    return this.take((fault) => concerns(fault, delivery) && this.#random.chance(fault.chance))
  }
}

function concerns(fault: WebhookFault, delivery: Delivery): boolean {
  if (fault.topic !== undefined && fault.topic !== delivery.topic) return false
  return fault.recordId === undefined || fault.recordId === delivery.recordId
}
