import { type LosslessJson } from '~/lib/lossless-json'

/**
 * Takes out of an answer what an error speaks of: the null at the end of its path, or the nearest one on the way there, where a field that may not be
 * null has taken its parents with it. Such a null means unknown, and not empty. In a list an object of which nothing is
 * known takes its place, so that the others keep theirs.
 *
 * @param data is changed
 */
export function removeUnknown(data: LosslessJson, path: readonly string[]): void {
  let at: LosslessJson | undefined = data
  for (const key of path) {
    if (typeof at !== 'object' || at === null) return
    const holder = at as Record<string, LosslessJson>
    at = holder[key]
    if (at !== null) continue
    if (Array.isArray(holder)) holder[Number(key)] = {}
    else delete holder[key]
    return
  }
}
