import { type EventOutcome } from '~/contracts/states'

/** Whether an event of that outcome can lead to a call to the SaaS. */
export const LEADS_TO_CALLS: Record<EventOutcome, boolean> = {
  changed: true,
  unchanged: false,
  outdated: false,
  hint: true,
  handled: false,
  ignored: false,
  not_installed: false,
  unmapped: false,
}
