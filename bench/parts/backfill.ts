import { inTurns } from '../measures/measure-rounds'
import { openPlantedStore, type PlantedStore } from '../measures/reading-store'
import { FEW_RECORDS } from '../options'
import { LoadedResult, ReadingResult } from '../reading/reading-plan'
import { type ExportShelf, openShelf, startReader } from '../reading/start-reader'
import { type Finding, finding, inWords, rateReading, ratioReading, type Reading } from '../report/finding'
import { quotients, spread } from '../statistics'
import { type Measured, type PartContext } from './part'

/** How many lines the exports of a round have: ten thousand records. */
const ROUND_LINES = 45_000
/** How often either store is reconciled and counted: each time takes milliseconds. */
const LOOKS = 15

/** A store that is read: how fast, and what reading what changed costs on a small and on a large one. */
export async function backfill(context: PartContext): Promise<Measured> {
  const { rounds, planted } = context.options
  const shelf = await openShelf(context.stage)
  const all = [await speed(context, shelf), await growthOfReading(context)]
  return {
    conditions: `${rounds} rounds of ${ROUND_LINES} lines; stores of ${FEW_RECORDS} and of ${planted} records, ${LOOKS} looks at each`,
    readings: all.flatMap(({ readings }) => readings),
    findings: all.flatMap(({ findings }) => findings),
  }
}

interface Found {
  readings: Reading[]
  findings: Finding[]
}

async function speed({ databases, stage, options }: PartContext, shelf: ExportShelf): Promise<Found> {
  const reader = startReader(stage, 'reading/read-store.ts')
  const loader = startReader(stage, 'limits/bare-load.ts')
  const rates = { parity: [] as number[], bare: [] as number[] }
  for (let round = 0; round <= options.rounds; round += 1) {
    const plan = await shelf.plan(await databases.installed(`read_${round}`), ROUND_LINES)
    reader.tell(plan)
    const read = ReadingResult.parse(await reader.message())
    loader.tell(plan)
    const loaded = LoadedResult.parse(await loader.message())
    // The first round warms up.
    if (round === 0) continue
    rates.parity.push(read.records / read.seconds)
    rates.bare.push(loaded.records / loaded.seconds)
  }
  return {
    readings: [
      rateReading('a backfill: records a second', rates.parity),
      rateReading('a bare loop of JSON.parse and INSERT: records a second', rates.bare),
      ratioReading('a backfill, to that loop', quotients(rates.parity, rates.bare)),
    ],
    findings: [finding('backfill-rate', rates.parity)],
  }
}

async function growthOfReading(context: PartContext): Promise<Found> {
  const few = await planted(context, 'few', FEW_RECORDS)
  const many = await planted(context, 'many', context.options.planted)
  for (let look = 0; look <= LOOKS; look += 1) {
    for (const { store, reconciled, counted } of inTurns([few, many], look)) {
      const [reconcile, count] = [await store.reconcile(), await store.count()]
      // The first look warms up.
      if (look === 0) continue
      reconciled.push(reconcile)
      counted.push(count)
    }
  }
  return {
    readings: [few, many].flatMap(({ records, reconciled, counted }) => [
      msReading(`${records.toLocaleString('en')} records: a light reconciliation of 100 changes`, reconciled),
      msReading(`${records.toLocaleString('en')} records: reading the parity`, counted),
    ]),
    findings: [
      finding('reconciliation-growth', quotients(many.reconciled, few.reconciled)),
      finding('parity-growth', quotients(many.counted, few.counted)),
    ],
  }
}

interface Looks {
  records: number
  store: PlantedStore
  /** Milliseconds, one a look. */
  reconciled: number[]
  counted: number[]
}

async function planted(context: PartContext, name: string, records: number): Promise<Looks> {
  return { records, store: await openPlantedStore(context, name, records), reconciled: [], counted: [] }
}

function msReading(what: string, values: number[]): Reading {
  return { what, measured: inWords(spread(values), 2, ' ms') }
}
