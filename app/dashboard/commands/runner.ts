import { type Database } from '~/db.server'
import { type AccessOptions } from '~/delivery/resolve-access'
import { type ReplayOptions } from '~/intake/replay-event'
import { type Queue } from '~/jobs/queue.server'
import { type Sealer } from '~/lib/sealing'
import { type Clock } from '~/lib/time'
import { type EnsureOptions } from '~/shops/ensure-shops'
import { type ShopScope } from '../presenters/scope.server'
import { type Command, type CommandDone } from './command'

/** How the SaaS of any shop is connected, and reached. */
export interface SaasPorts extends Pick<EnsureOptions, 'defaults' | 'issueReceiverKey'> {
  access: AccessOptions
}

/** What commands are carried out with. */
export interface CommandPorts {
  db: Database
  queue: Queue
  clock: Clock
  sealer: Sealer
  /** Whether alerts can be mailed. */
  sendsMail: boolean
  /** What replaying an event needs. */
  replay: ReplayOptions
  /** How SaaS are connected and reached. */
  saas: SaasPorts
}

/** The command of an intent, as its form was read. */
export type CommandOf<Intent extends Command['intent']> = Extract<Command, { intent: Intent }>

/** What a runner says of a command that it has carried out. */
export type Done = Omit<CommandDone, 'ok' | 'intent'>

/**
 * Carries out the commands of one intent for one shop.
 *
 * @throws FieldError when a field of the form is wrong; ParityError when it is refused for another reason. Nothing is changed then
 */
export type Runner<Intent extends Command['intent']> = (
  ports: CommandPorts,
  scope: ShopScope,
  command: CommandOf<Intent>,
) => Promise<Done>

/** For commands that count nothing. */
export const DONE: Done = { count: null, left: [] }
