import type { Random } from '../random'
import type { Id } from './model'

/** Gives out ids that were never given before, of the sizes that Shopify's have. */
export type IdSource = () => Id

/** Thirteen or fourteen digits mostly; one in seven has 18 or 19 and is beyond what a double can hold (2^53). */
export function createIds(random: Random): IdSource {
  const given = new Set<Id>()
  const draw = () => {
    const digits = random.chance(1 / 7) ? random.pick([18, 19]) : random.pick([13, 14])
    const rest = Array.from({ length: digits - 1 }, () => random.int(0, 9)).join('')
    return `${random.int(digits === 19 ? 1 : 5, digits === 19 ? 8 : 9)}${rest}`
  }
  return () => {
    let id = draw()
    while (given.has(id)) id = draw()
    given.add(id)
    return id
  }
}
