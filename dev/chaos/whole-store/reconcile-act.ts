import { setTimeout as pause } from 'node:timers/promises'
import { until } from '../../until'
import { type Act } from './act'
import { digestEnded, reconcileDeeply } from './begin-deep'
import { compareWithStore, wordsOf } from './compare'
import { leftBehind } from './left-behind'
import { comeToRest } from './rest'
import { miscounted, runsOf, sourceOf } from './runs'
import { watchMemory } from './watch-memory'
import { memoryWords } from './words'
import { type World } from './world'

/** A light reconciliation leaves out what changed so lately that its webhook may still come. */
const WEBHOOK_MS = 125_000

/**
 * One reconciliation: the light one finds what was changed and not told of, the deep one what was deleted.
 *
 * @param isLight whether the light one is waited for, which takes two minutes
 */
export async function playReconciliation(world: World, isLight: boolean): Promise<Act> {
  const lost = await compareWithStore(world)
  world.say(`${lost.differences.length} differences after the backfill`)
  const light = isLight ? await reconcileLightly(world) : null
  const began = new Date()
  const memory = watchMemory(world.fleet)
  const { run: deep, asked } = await reconcileDeeply(world)
  world.say(`the whole store is compared: ${deep.detail}`)
  const held = await memory.stop()
  const digest = await digestEnded(world, began)
  await comeToRest(world)
  const comparison = await compareWithStore(world)
  return {
    name: 'reconciliation',
    what: 'what nobody told of is found: changes by the light one, deletions by the deep one',
    rows: [
      ['lost', `${lost.differences.length} differences before it`],
      ...(light ? light.rows : []),
      ['deep', `${deep.detail ?? ''}${asked === null ? '' : ' (a person confirmed)'}`],
      ['digest', digest.detail ?? ''],
      ['memory', memoryWords(held)],
      ['compared', wordsOf(comparison)],
    ],
    verdict: {
      'there was something to find': lost.differences.length > 0 ? [] : ['nothing was lost'],
      ...(light ? light.verdict : {}),
      'the deep one is finished': deep.state === 'finished' ? [] : [`it is ${deep.state}: ${deep.detail}`],
      'it counts what the store exported': miscounted(world, deep),
      'the mirror equals the store': comparison.differences,
      'the SaaS has what was delivered': digest.changed === 0 ? [] : [digest.detail ?? ''],
      ...(await leftBehind(world)),
    },
  }
}

async function reconcileLightly(world: World): Promise<Pick<Act, 'rows' | 'verdict'>> {
  const { db, queue, patienceMs } = world
  await pause(WEBHOOK_MS)
  const { sourceConnectionId } = await sourceOf(world)
  const began = new Date()
  await queue.send('reconcile', [{ sourceConnectionId }], db)
  const hasLooked = async () => {
    const looks = await db.prisma.sourceReach.findMany()
    return looks.length > 0 && looks.every(({ lookedAt }) => lookedAt !== null && lookedAt >= began)
  }
  await until('the store was asked for its last changes', hasLooked, patienceMs)
  await comeToRest(world)
  const found = (await runsOf(world)).filter(({ kind }) => kind === 'reconciliation')
  const { differences } = await compareWithStore(world)
  const words = found.map(({ detail }) => detail).join(' / ')
  world.say(`${differences.length} differences after the light one`)
  return {
    rows: [['light', `${words || 'it found nothing'}; ${differences.length} differences after it`]],
    verdict: {
      'the light one finds every change that was lost': differences.filter(
        (difference) => !difference.includes('alive in the mirror'),
      ),
    },
  }
}
