import { useState } from 'react'

/**
 * Keeps things in the places in which a page showed them first: what is new comes last, and nothing moves under a person's hand while
 * numbers change.
 */
export function useSteadyOrder<Item>(items: Item[], nameOf: (item: Item) => string): Item[] {
  const [known, setKnown] = useState<string[]>([])
  const fresh = items.map(nameOf).filter((name) => !known.includes(name))
  const places = [...known, ...fresh]
  if (fresh.length > 0) setKnown(places)
  return [...items].sort((a, b) => places.indexOf(nameOf(a)) - places.indexOf(nameOf(b)))
}
