import { type PartName } from '../options'
import { acknowledgements } from './acknowledgements'
import { backfill } from './backfill'
import { backfillMemory } from './backfill-memory'
import { backlog } from './backlog'
import { burst } from './burst'
import { dashboard } from './dashboard'
import { delivery } from './delivery'
import { draining } from './draining'
import { growth } from './growth'
import { memory } from './memory'
import { type Part } from './part'

/** All parts of the bench. */
export const PARTS: Record<PartName, Part> = {
  acknowledgements,
  delivery,
  draining,
  burst,
  backlog,
  growth,
  memory,
  backfill,
  'backfill-memory': backfillMemory,
  dashboard,
}
