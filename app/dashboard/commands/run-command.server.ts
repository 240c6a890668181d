import { type Sql } from '~/db.server'
import { replayEvent } from '~/intake/replay-event'
import { type Queue } from '~/jobs/queue.server'
import { ParityError } from '~/lib/errors'
import { type Clock } from '~/lib/time'
import { dismissRecords } from '~/records/dismiss-records'
import { replayRecords } from '~/records/replay-records'
import { countDead } from '~/records/which-dead'
import { confirmDeletions, declineDeletions } from '~/shops/answer-run'
import { cancelRun } from '~/shops/cancel-run'
import { dismissNotice } from '~/shops/dismiss-notice'
import { type RunOfShop } from '~/shops/find-run'
import { noConnection } from '~/shops/no-connection'
import { pauseConnection, resumeConnection } from '~/shops/pause-connection'
import { readHold } from '~/shops/read-hold'
import { readableSources } from '~/shops/readable-sources'
import { repeatRun } from '~/shops/repeat-run'
import { type BackfillWish, startBackfill } from '~/shops/start-backfill'
import { type ShopScope } from '../presenters/scope.server'
import { renewSecret, saveAlerts, testAlert } from './alerts-commands.server'
import { disconnect, saveConnection, sendTestEvent } from './connection-commands.server'
import { type Command, type CommandDone } from './command'
import { GROUP_RUNNERS } from './group-commands.server'
import { LIST_RUNNERS } from './list-commands.server'
import { removeResource, saveMirror, stopRemoval } from './mirror-commands.server'
import { savePrivacy } from './privacy-commands.server'
import { reached } from './reached'
import { type CommandPorts, type Done, DONE, type Runner } from './runner'

type Runners = { [Intent in Command['intent']]: Runner<Intent> }

/**
 * Carries out what a person of this shop asks for.
 *
 * @throws ParityError with a code of the stage that refuses; nothing is changed then
 */
export async function runCommand(
  ports: CommandPorts,
  scope: ShopScope,
  command: Command,
): Promise<CommandDone> {
  // Intent by intent the two fit together; TypeScript looks at all intents at once.
  const run = RUNNERS[command.intent] as (
    ...given: [CommandPorts, ShopScope, Command]
  ) => ReturnType<Runners[typeof command.intent]>
  return { ok: true, intent: command.intent, ...(await run(ports, scope, command)) }
}

const RUNNERS: Runners = {
  ...LIST_RUNNERS,
  pause: (ports, scope, { connection }) => switchConnection(ports, scope, connection, pauseConnection),
  resume: (ports, scope, { connection }) => switchConnection(ports, scope, connection, resumeConnection),

  async replay({ db, clock }, { shopId }, { id }) {
    const { sent, notSent } = await db.transaction(async (tx) =>
      replayRecords(tx, { shopId, heldBecause: await readHold(tx, shopId) }, id, clock()),
    )
    return reached(sent, notSent)
  },

  async 'replay-dead'({ db, queue, clock }, { shopId }, { since, resource = null }) {
    const window = windowOf(since, clock)
    const count = await countDead(db, shopId, { ...window, resource, cause: null })
    const [from, until] = [window.since.toISOString(), window.until.toISOString()]
    if (count > 0) await queue.send('replayDead', [{ shopId, since: from, until, resource }], db)
    return { count, left: [] }
  },

  async dismiss({ db, clock }, { shopId }, { id, reason }) {
    const { dismissed, notDismissed } = await db.transaction((tx) =>
      dismissRecords(tx, shopId, id, reason, clock()),
    )
    return reached(dismissed, notDismissed)
  },

  ...GROUP_RUNNERS,

  'save-mirror': saveMirror,
  'remove-resource': removeResource,
  'cancel-removal': stopRemoval,
  'save-privacy': savePrivacy,

  async 'replay-event'({ replay }, { shopId }, { event }) {
    const { outcome } = await replayEvent(shopId, event, replay)
    return { count: outcome === 'unmapped' ? 0 : 1, left: [], outcome }
  },

  async 'replay-events'({ db, queue, clock }, { sourceIds }, { since }) {
    const { since: from, until } = windowOf(since, clock)
    const window = { since: from.toISOString(), until: until.toISOString() }
    const jobs = sourceIds.map((sourceConnectionId) => ({ sourceConnectionId, ...window }))
    await queue.send('replayEvents', jobs, db)
    return { count: null, left: [] }
  },

  backfill(ports, scope, { resource, since }) {
    const wish = {
      kind: 'backfill' as const,
      resources: resource === undefined ? null : [resource],
      since: since === undefined ? null : new Date(since),
      reason: 'A person asked for it.',
    }
    return startRun(ports, scope, wish)
  },

  reconcile: (ports, scope) =>
    startRun(ports, scope, {
      kind: 'deep-reconciliation',
      resources: null,
      since: null,
      reason: 'A person asked for it.',
    }),

  'cancel-run': (ports, scope, { run }) => changeRun(ports, scope, run, cancelRun),
  'start-run-again': (ports, scope, { run }) => changeRun(ports, scope, run, repeatRun),
  'confirm-run': (ports, scope, { run }) => changeRun(ports, scope, run, confirmDeletions),
  'decline-run': (ports, scope, { run }) => changeRun(ports, scope, run, declineDeletions),

  'save-alerts': saveAlerts,
  'test-alert': testAlert,
  'renew-alert-secret': renewSecret,
  'save-connection': saveConnection,
  disconnect,
  'send-test-event': sendTestEvent,

  async 'dismiss-notice'({ db, clock }, { shopId }, { notice }) {
    await dismissNotice(db, shopId, notice, clock())
    return DONE
  },
}

/** Has the shop's stores read: all of them that can be. */
async function startRun({ db, queue, clock }: CommandPorts, { shopId }: ShopScope, wish: BackfillWish) {
  await db.transaction(async (tx) => {
    for (const sourceConnectionId of await readableSources(tx, shopId))
      await startBackfill(tx, { shopId, sourceConnectionId }, wish, { queue, now: clock() })
  })
  return DONE
}

/** Changes a run of the shop. */
async function changeRun(
  { db, queue, clock }: CommandPorts,
  { shopId }: ShopScope,
  runId: string,
  change: (tx: Sql, run: RunOfShop, options: { queue: Queue; now: Date }) => Promise<unknown>,
) {
  await db.transaction((tx) => change(tx, { shopId, runId }, { queue, now: clock() }))
  return DONE
}

/** From that time until now. @throws ParityError `SINCE_TO_COME` */
function windowOf(since: string, clock: Clock): { since: Date; until: Date } {
  const window = { since: new Date(since), until: clock() }
  if (window.since <= window.until) return window
  const words = 'That time is still to come: nothing has happened since then.'
  throw new ParityError('SINCE_TO_COME', { message: words, userMessage: words })
}

/** Pauses or resumes the shop's own connection, which the person has named: what a page of another shop shows is not theirs. */
async function switchConnection(
  { db, queue, clock }: CommandPorts,
  { shopId }: ShopScope,
  connection: string,
  change: typeof pauseConnection,
): Promise<Done> {
  const own = await db.prisma.saasConnection.findFirst({ where: { id: connection, shopId } })
  if (!own) throw noConnection()
  await db.transaction((tx) => change(tx, shopId, queue, clock()))
  return { count: null, left: [] }
}
