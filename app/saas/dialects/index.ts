import { type DialectName } from '../../contracts/resource'
import { type Dialect } from '../dialect'
import { unified } from './unified'

/** Every dialect, by its name. */
export const DIALECTS: Record<DialectName, Dialect> = { unified }
