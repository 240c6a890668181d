import { setTimeout as pause } from 'node:timers/promises'
import { createRandom } from '../shopify/random'
import { collect } from './collect'
import { playEpisode } from './episode'
import { type Evidence } from './evidence'
import { judge, type Verdict } from './judge'
import { startLoad } from './load'
import { type Hand, type Scenario } from './scenarios'
import { PATIENCE_MS, settle, type Settling } from './settle'
import { openStage, type ChaosDatabase, type Stage } from './stage'

interface RunOptions {
  seed: number
  /** How long the store changes and things go wrong, in milliseconds. */
  loadMs: number
  database: ChaosDatabase
  /** How long everything may take to come to rest after the last fault; five minutes unless said otherwise. */
  patienceMs?: number
}

/** What a scenario came to. */
export interface ChaosResult {
  scenario: Scenario
  seed: number
  loadMs: number
  injected: Record<string, number>
  changes: Record<string, number>
  settling: Settling
  evidence: Evidence
  verdict: Verdict
  /** What every process said. */
  said: string
}

/** Plays a scenario from an empty store to the end, and judges what it left behind. @throws Error when it cannot be played */
export async function runScenario(scenario: Scenario, options: RunOptions): Promise<ChaosResult> {
  const { seed, loadMs, database } = options
  const stage = await openStage({ ...scenario, seed, database })
  try {
    for (const fault of scenario.webhooks) stage.shop.misbehave(fault)
    const load = startLoad({
      ...{ shop: stage.shop, clock: stage.clock, seed },
      perSecond: scenario.changesPerSecond,
    })
    const deadline = Date.now() + loadMs
    await Promise.all(scenario.hands.map((hand, index) => play(stage, hand, seed + index, deadline)))
    await pause(Math.max(0, deadline - Date.now()))
    await load.stop()
    const settling = await settle(stage, scenario.deadly, options.patienceMs ?? PATIENCE_MS)

    const evidence = await collect(stage)
    const verdict = judge(evidence, scenario.isGivenBackSoon)
    const disorderly = await stage.fleet.stop()
    const injected = { ...stage.injected, ...webhookFaults(stage) }
    return {
      ...{ scenario, seed, loadMs, injected, changes: load.made, settling, evidence },
      verdict: {
        ...verdict,
        'all died only of what the scenario does': settling.findings,
        'no process ended by itself': [...stage.fleet.collapses, ...disorderly],
      },
      said: stage.fleet.said(),
    }
  } finally {
    await stage.fleet.stop()
    await stage.close()
  }
}

/** One episode after the other until the time is over; the last one is played to its end. */
async function play(stage: Stage, { calmMs, draw }: Hand, seed: number, deadline: number): Promise<void> {
  const random = createRandom(seed)
  for (;;) {
    const calm = random.int(...calmMs)
    if (Date.now() + calm >= deadline) return
    await pause(calm)
    const episode = draw(random)
    if (!episode) return
    await playEpisode(stage, episode)
  }
}

function webhookFaults({ shop }: Stage): Record<string, number> {
  return Object.fromEntries(
    Object.entries(shop.webhookFaults.met).map(([kind, times]) => [`webhook: ${kind}`, times]),
  )
}
