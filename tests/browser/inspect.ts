import axe from 'axe-core'
import { type Frame } from 'playwright-core'

/** What axe-core finds wrong with the page in a frame: the rule, and where. Empty when it is accessible as far as a machine can tell. */
export async function violations(frame: Frame): Promise<string[]> {
  await frame.evaluate(axe.source)
  const found = await frame.evaluate(async () => {
    const { axe: injected } = window as unknown as { axe: typeof axe }
    return (await injected.run(document)).violations
  })
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`)
}

/** How many pixels the page is wider than its frame. */
export function overflow(frame: Frame): Promise<number> {
  return frame.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
}
