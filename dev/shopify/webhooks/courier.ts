import { type Clock } from '../clock'
import { type Delivery, type DeliveryState, type DeliverySummary } from './delivery'
import { type WebhookFault, type WebhookFaults } from './faults'
import { type Post, type PostResult } from './post'

/** Eight retries within four hours, each wait double the one before (Shopify changelog, 2024-09-10). */
const RETRIES = 8
const FIRST_WAIT_MS = (4 * 60 * 60 * 1000) / (2 ** RETRIES - 1)
/** A reordered batch that never fills is sent after this long. */
const LONGEST_HOLD_MS = 500

export interface CourierOptions {
  post: Post
  clock: Clock
  faults: WebhookFaults
  /** Shopify gives an app five seconds in all. */
  timeoutMs: number
  /** Waits between attempts are divided by this: 3600 makes an hour a second. */
  timeScale: number
  /** How many deliveries are under way at once. */
  concurrency: number
  /** How many finished deliveries are remembered. */
  memory: number
}

/** Carries deliveries to the app: many at once, in no promised order, and again until they are acknowledged. */
export class Courier {
  readonly #options: CourierOptions
  readonly #known = new Map<string, Delivery>()
  /** How to call off the next attempt of a delivery that waits for it. */
  readonly #planned = new Map<string, () => void>()
  readonly #totals: DeliverySummary = { waiting: 0, under_way: 0, acknowledged: 0, gave_up: 0, dropped: 0 }
  readonly #watchers: (() => void)[] = []
  #queue: (() => Promise<void>)[] = []
  #held: Delivery[] = []
  #callOffHold: (() => void) | undefined
  #running = 0
  #copies = 0
  #stopped = false

  constructor(options: CourierOptions) {
    this.#options = options
  }

  send(delivery: Delivery): void {
    if (this.#stopped) return
    this.#known.set(delivery.webhookId, delivery)
    this.#totals[delivery.state] += 1
    this.#forget()
    this.#sendWith(delivery, this.#options.faults.meet(delivery))
  }

  /** Newest first. */
  list(): Delivery[] {
    return [...this.#known.values()].reverse()
  }

  find(webhookId: string): Delivery | undefined {
    return this.#known.get(webhookId)
  }

  summary(): DeliverySummary {
    return { ...this.#totals }
  }

  /** Attempts now what would be retried later, all of it or one. Returns how many. */
  retryNow(webhookId?: string): number {
    const chosen = [...this.#planned.keys()].filter((id) => webhookId === undefined || id === webhookId)
    for (const id of chosen) {
      this.#planned.get(id)?.()
      this.#planned.delete(id)
      const delivery = this.#known.get(id)
      if (delivery) this.#enqueue(delivery)
    }
    return chosen.length
  }

  /** Sends a delivery once more, whatever became of it: same id, same bytes. */
  redeliver(delivery: Delivery): void {
    this.#copies += 1
    this.#run(async () => {
      const result = await this.#attempt(delivery, delivery.body)
      this.#copies -= 1
      if (isTaken(result) && delivery.state === 'gave_up') this.#move(delivery, 'acknowledged')
      this.#tellIfIdle()
    })
  }

  /** Resolves when nothing waits and nothing is under way, or when the courier is stopped. */
  async settled(): Promise<DeliverySummary> {
    if (!this.#isIdle()) await new Promise<void>((resolve) => this.#watchers.push(resolve))
    return this.summary()
  }

  stop(): void {
    this.#stopped = true
    this.#callOffHold?.()
    for (const callOff of this.#planned.values()) callOff()
    this.#planned.clear()
    this.#queue = []
    for (const tell of this.#watchers.splice(0)) tell()
  }

  #sendWith(delivery: Delivery, fault: WebhookFault | undefined): void {
    switch (fault?.kind) {
      case undefined:
        return this.#enqueue(delivery)
      case 'drop':
        return this.#move(delivery, 'dropped')
      case 'delay':
        return this.#plan(delivery, fault.ms)
      case 'reorder':
        return this.#hold(delivery, fault.window)
      case 'tamper':
        return this.#enqueue(delivery, tampered(delivery.body))
      case 'duplicate':
        this.#enqueue(delivery)
        for (let copy = 0; copy < fault.copies; copy++) this.redeliver(delivery)
    }
  }

  #enqueue(delivery: Delivery, body = delivery.body): void {
    this.#run(async () => {
      this.#move(delivery, 'under_way')
      delivery.nextAttemptAt = null
      const result = await this.#attempt(delivery, body)
      if (isTaken(result)) this.#move(delivery, 'acknowledged')
      else if (delivery.attempts.length > RETRIES) this.#move(delivery, 'gave_up')
      else this.#retryLater(delivery)
    })
  }

  async #attempt(delivery: Delivery, body: string): Promise<PostResult> {
    const { clock, post, timeoutMs } = this.#options
    const started = clock.now()
    const result = await post(delivery.url, delivery.headers, body, timeoutMs)
    const durationMs = clock.now() - started
    delivery.attempts.push({ at: new Date(started).toISOString(), ...result, durationMs })
    return result
  }

  #retryLater(delivery: Delivery): void {
    this.#move(delivery, 'waiting')
    const wait = FIRST_WAIT_MS * 2 ** (delivery.attempts.length - 1)
    this.#plan(delivery, Math.round(wait / this.#options.timeScale))
  }

  #plan(delivery: Delivery, ms: number): void {
    const { clock } = this.#options
    delivery.nextAttemptAt = new Date(clock.now() + ms).toISOString()
    const callOff = clock.after(ms, () => {
      this.#planned.delete(delivery.webhookId)
      this.#enqueue(delivery)
    })
    this.#planned.set(delivery.webhookId, callOff)
  }

  #hold(delivery: Delivery, window: number): void {
    this.#held.push(delivery)
    this.#callOffHold ??= this.#options.clock.after(LONGEST_HOLD_MS, () => this.#release())
    if (this.#held.length >= window) this.#release()
  }

  #release(): void {
    this.#callOffHold?.()
    this.#callOffHold = undefined
    const batch = this.#held.reverse()
    this.#held = []
    for (const delivery of batch) this.#enqueue(delivery)
  }

  #run(task: () => Promise<void>): void {
    if (this.#stopped) return
    this.#queue.push(task)
    this.#pump()
  }

  #pump(): void {
    while (this.#running < this.#options.concurrency) {
      const task = this.#queue.shift()
      if (!task) return
      this.#running += 1
      void task().finally(() => {
        this.#running -= 1
        this.#pump()
      })
    }
  }

  #move(delivery: Delivery, state: DeliveryState): void {
    this.#totals[delivery.state] -= 1
    this.#totals[state] += 1
    delivery.state = state
    this.#tellIfIdle()
  }

  #isIdle(): boolean {
    return this.#totals.waiting === 0 && this.#totals.under_way === 0 && this.#copies === 0
  }

  #tellIfIdle(): void {
    if (this.#isIdle()) for (const tell of this.#watchers.splice(0)) tell()
  }

  #forget(): void {
    for (const [id, { state }] of this.#known) {
      if (this.#known.size <= this.#options.memory) return
      if (state !== 'waiting' && state !== 'under_way') this.#known.delete(id)
    }
  }
}

function isTaken({ status }: PostResult): boolean {
  return status !== null && status >= 200 && status < 300
}

/** The same length and still JSON, but not what was signed. */
function tampered(body: string): string {
  return body.replace(/[0-9](?=[^0-9]*$)/, (digit) => String((Number(digit) + 1) % 10))
}
