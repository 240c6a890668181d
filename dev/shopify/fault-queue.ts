/** Faults of one place, used up in order: each for so many requests, or until told otherwise. */
export class FaultQueue<Fault extends { kind: string; times?: number | undefined }> {
  /** How often a fault of each kind was met. */
  readonly met: Record<string, number> = {}
  #faults: { fault: Fault; left: number }[] = []

  add(fault: Fault): void {
    this.#faults.push({ fault, left: fault.times ?? Infinity })
  }

  clear(): void {
    this.#faults = []
  }

  list(): Fault[] {
    return this.#faults.filter(({ left }) => left > 0).map(({ fault }) => fault)
  }

  /** The first fault in force that matches; one use of it is gone. */
  take(matches: (fault: Fault) => boolean = () => true): Fault | undefined {
    const met = this.#faults.find(({ fault, left }) => left > 0 && matches(fault))
    return met && this.#use(met)
  }

  /** Every fault in force that matches; one use of each is gone. */
  takeAll(matches: (fault: Fault) => boolean): Fault[] {
    return this.#faults.filter(({ fault, left }) => left > 0 && matches(fault)).map((met) => this.#use(met))
  }

  #use(met: { fault: Fault; left: number }): Fault {
    met.left -= 1
    this.met[met.fault.kind] = (this.met[met.fault.kind] ?? 0) + 1
    return met.fault
  }
}
