import { type Saas } from './saas'
import { type Worker } from './worker'

/** The workers of a shop: who dies is followed by another in the same place. */
export interface Crew {
  /** Those that are alive, by their places. */
  workers: Worker[]
  crash(place: number): void
}

export function createCrew(places: number[], saas: Saas, bear: (name: string) => Worker): Crew {
  let born = 0
  const next = () => bear(`worker ${++born}`)
  const workers = places.map(next)

  return {
    workers,
    crash(place) {
      saas.orphan(workers[place]!.name)
      workers[place] = next()
    },
  }
}
