/** The values of a statement, in order. */
export class Values {
  constructor(readonly all: unknown[]) {}

  /** Adds one. @returns the parameter that stands for it */
  add(value: unknown): string {
    this.all.push(value)
    return `$${this.all.length}`
  }
}
