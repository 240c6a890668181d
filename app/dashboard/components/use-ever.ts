import { useState } from 'react'

/** What has been among these at any time since the page was opened: so that what is gone does not take its room away from under a person's eyes. */
export function useEver<Name>(names: Name[]): Name[] {
  const [known, setKnown] = useState(names)
  const fresh = names.filter((name) => !known.includes(name))
  const ever = [...known, ...fresh]
  if (fresh.length > 0) setKnown(ever)
  return ever
}
