/** Such as `drop 12 · delay 3`. */
export function counts(numbers: Record<string, number>): string {
  const words = Object.entries(numbers).map(([name, number]) => `${name} ${number}`)
  return words.join(' · ') || 'none'
}

/** Such as `140 MB`. */
export function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1_000_000)} MB`
}
