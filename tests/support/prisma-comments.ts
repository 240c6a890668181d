/**
 * What of a Prisma schema has no `///` line above it: models, enums, and the columns of models, each as `Model` or
 * `Model.column`. Relations need none.
 *
 * @param schema the text of all schema files together, as `prisma format` lays it out
 */
export function undocumented(schema: string): string[] {
  const lines = schema.split('\n').map((line) => line.trim())
  const models = new Set(lines.flatMap((line) => /^model (\w+)/.exec(line)?.[1] ?? []))
  const missing: string[] = []

  let model: string | null = null
  lines.forEach((line, index) => {
    const block = /^(model|enum) (\w+) \{/.exec(line)
    if (block) model = block[1] === 'model' ? (block[2] ?? null) : null
    else if (line === '}') model = null

    const [, column, type] = (model !== null && !block && /^(\w+)\s+(\w+)/.exec(line)) || []
    const name = block?.[2] ?? (column && !models.has(type ?? '') ? `${model}.${column}` : null)
    if (name && !/^\/\/\/ \S/.test(lines[index - 1] ?? '')) missing.push(name)
  })
  return missing
}
