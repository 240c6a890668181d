import { partNames } from '../contracts/parts'
import { type Resource } from '../contracts/resource'
import { compareVersions, type Version } from '../contracts/version'
import { type Known, type KnownPart, tombstone } from './known'

/**
 * The parts that the store is to be asked for: those that are missing, older than the core, or said to have changed since; but only where
 * the reason is newer than the last time that the store was asked. What it withholds is so asked for once, and again with the next
 * change. Of a record that is gone only the core, where it was heard of since: it may have been restored. None of a record of which nobody has
 * said anything.
 */
export function staleParts(resource: Resource, known: Known): string[] {
  const { parts, hints, askedAt } = known
  const isNew = (reason: string) => askedAt === undefined || reason > askedAt
  const lacking = lackingParts(resource, known)
  const isLacked = (name: string) =>
    (lacking.includes(name) || isBehind(parts[name], parts.core)) && isNew(heardAt(known))
  const isHinted = (name: string) => {
    const [hintedAt, asOf] = [hints[name], parts[name]?.asOf]
    return hintedAt !== undefined && (!asOf || hintedAt > timeOf(asOf)) && isNew(hintedAt)
  }
  // What was hinted at before it had gone is forgotten by then.
  if (tombstone(known)) return isHinted('core') ? ['core'] : []
  const hasBeenHeardOf = Object.keys(parts).length > 0 || Object.keys(hints).length > 0
  return hasBeenHeardOf ? partNames(resource).filter((name) => isLacked(name) || isHinted(name)) : []
}

/** The parts that are unknown, or older than a core that could not carry them. */
export function lackingParts(resource: Resource, { parts }: Known): string[] {
  const core = parts.core
  return partNames(resource).filter((name) => {
    const part = parts[name]
    return !part || (core !== undefined && part.asOf.updatedAt < core.asOf.updatedAt)
  })
}

/** Update times count whole seconds: what changed twice in one is told apart by when the source said so. */
function isBehind(part: KnownPart | undefined, core: KnownPart | undefined): boolean {
  return part !== undefined && core !== undefined && compareVersions(part.asOf, core.asOf) < 0
}

/** The newest of the source's times at which anything was said of the record; empty when it never says. */
export function newestTime({ parts, hints }: Known): string {
  const times = [...Object.values(parts).map(({ asOf }) => timeOf(asOf)), ...Object.values(hints)]
  return times.reduce((newest, time) => (time > newest ? time : newest), '')
}

/** When the core was heard of that lacks something; where there is none, the newest that was said at all. */
function heardAt(known: Known): string {
  const { core } = known.parts
  return core ? timeOf(core.asOf) : newestTime(known)
}

/** When the source said it: its trigger time, or its update time where it names no other. */
function timeOf({ updatedAt, triggeredAt }: Version): string {
  return triggeredAt || updatedAt
}
