/** Several strings of bytes as one: where each begins in it, counted from 1 as SQL's `substring` does, and how long each is. */
export interface JoinedBytes {
  bytes: Buffer
  starts: number[]
  lengths: number[]
}

/** Joins bytes for one parameter of a statement: the driver sends a single buffer as it is, but a list of them as hex text. */
export function joinBytes(parts: readonly Uint8Array[]): JoinedBytes {
  const lengths = parts.map(({ byteLength }) => byteLength)
  let next = 1
  const starts = lengths.map((length) => (next += length) - length)
  return { bytes: Buffer.concat(parts), starts, lengths }
}
