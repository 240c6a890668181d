import { type Resource } from '../contracts/resource'
import { type Known } from './known'

/** What a record is called in its store. */
export interface RecordTitle {
  text: string
  /** Whether it is the name of a person. */
  isPersonal: boolean
}

/** What a record is called, as far as it is known and has a name: a message has none, nor has what was deleted. */
export function titleOf(resource: Resource, { parts }: Known): RecordTitle | null {
  const core = parts.core?.data ?? {}
  switch (resource) {
    case 'product':
    case 'category':
      return title(core.name, false)
    case 'order':
      return title(core.number, false)
    case 'customer':
      return title(core.display_name, true)
    case 'message':
      return null
  }
}

function title(name: unknown, isPersonal: boolean): RecordTitle | null {
  return typeof name === 'string' && name.trim() !== '' ? { text: name, isPersonal } : null
}
