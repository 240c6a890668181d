/** An object type without the keys that may be undefined; those are optional instead. */
type Defined<T> = { [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>
}

/** The object without its undefined values: a key is there only when something is known of it. */
export function omitUndefined<T extends object>(object: T): Defined<T> {
  const defined: Record<string, unknown> = {}
  for (const [key, value] of Object.entries(object)) if (value !== undefined) defined[key] = value
  return defined as Defined<T>
}
