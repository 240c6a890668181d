import { setTimeout as pause } from 'node:timers/promises'
import { type SaasFaultInput } from '../saas/faults'
import { commandApp } from './command-app'
import { redeliverDropped } from './redeliver-dropped'
import { type Stage } from './stage'

/** Something that goes wrong, and for how long. Times are real milliseconds. */
export type Episode =
  /** kill -9 of a process; a supervisor starts it again. */
  | { kind: 'death'; of: 'web' | 'worker'; which: number; downMs: number }
  /** A worker stands still, as on a machine that is moved, and goes on with what it was doing. */
  | { kind: 'freeze'; which: number; ms: number }
  /** A table is locked, as by somebody's long transaction: whoever wants to write there waits. */
  | { kind: 'lock'; table: 'SyncAttempt' | 'SyncRecord' | 'SaasConnection'; ms: number }
  /** The database stops at once, without a checkpoint, and comes back. */
  | { kind: 'database'; downMs: number }
  /** A person pauses sending, and resumes it. */
  | { kind: 'pause'; ms: number }
  /** The SaaS misbehaves. */
  | { kind: 'saas'; fault: SaasFaultInput; ms: number }
  /** Nothing listens where the SaaS was. */
  | { kind: 'saas is down'; ms: number }
  /** So much time passes in the store while webhooks are on their way. */
  | { kind: 'hours'; hours: number }
  /** What was dropped so far is sent after all. */
  | { kind: 'redelivery' }

/** Plays it to its end, and counts it. */
export async function playEpisode(stage: Stage, episode: Episode): Promise<void> {
  stage.count(nameOf(episode))
  switch (episode.kind) {
    case 'death':
      return playDeath(stage, episode)
    case 'freeze':
      return stage.fleet.freeze(nameOfMember(stage.fleet.names('workers'), episode.which), episode.ms)
    case 'lock':
      return stage.lockTable(episode.table, episode.ms)
    case 'database':
      await stage.database.kill()
      await pause(episode.downMs)
      return stage.database.start()
    case 'pause':
      return playPause(stage, episode.ms)
    case 'saas':
      stage.saas.misbehave(episode.fault)
      await pause(episode.ms)
      return stage.saas.behave()
    case 'saas is down':
      await stage.saas.goDown()
      await pause(episode.ms)
      return stage.saas.comeBack()
    case 'hours':
      return stage.clock.shift(episode.hours * 3_600_000)
    case 'redelivery':
      return void redeliverDropped(stage.shop)
  }
}

async function playDeath(
  { fleet }: Stage,
  { of, which, downMs }: Extract<Episode, { kind: 'death' }>,
): Promise<void> {
  const names = of === 'web' ? fleet.names().slice(0, 1) : fleet.names('workers')
  const name = nameOfMember(names, which)
  await fleet.kill(name)
  await pause(downMs)
  await fleet.restart(name)
}

async function playPause(stage: Stage, ms: number): Promise<void> {
  const [connection] = await stage.query<{ id: string }>(`SELECT "id" FROM "SaasConnection"`)
  const command = (intent: string) =>
    commandApp(stage, [
      ['intent', intent],
      ['connection', connection!.id],
    ])
  await command('pause')
  const from = Date.now()
  await pause(ms)
  stage.pauses.push({ from, to: Date.now() })
  await command('resume')
}

function nameOfMember(names: string[], which: number): string {
  return names[which % names.length]!
}

/** What the table of injected faults calls it. */
function nameOf(episode: Episode): string {
  switch (episode.kind) {
    case 'death':
      return `kill -9 of ${episode.of === 'web' ? 'the web server' : 'a worker'}`
    case 'freeze':
      return 'a worker stood still'
    case 'lock':
      return `${episode.table} locked`
    case 'database':
      return 'database killed'
    case 'pause':
      return 'paused by hand'
    case 'saas':
      return `SaaS: ${wordsOf(episode.fault)}`
    case 'saas is down':
      return 'SaaS down'
    case 'hours':
      return 'hours passed'
    case 'redelivery':
      return 'dropped webhooks sent after all'
  }
}

function wordsOf(fault: SaasFaultInput): string {
  switch (fault.kind) {
    case 'status':
      return `status ${fault.status}`
    case 'slow':
      return `slow by ${fault.ms} ms`
    case 'reset':
      return fault.after === 'taking' ? 'reset after taking' : 'reset'
    case 'not_taken':
      return `200 without taking (${fault.how ?? 'skipped'})`
    case 'rate_limit':
      return `429 beyond ${fault.perSecond} a second`
    case 'hang':
    case 'cut_off':
    case 'garbage':
    case 'huge':
    case 'stale':
    case 'short_batch':
      return fault.kind.replace('_', ' ')
  }
}
