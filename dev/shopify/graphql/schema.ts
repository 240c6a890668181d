import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { buildClientSchema, type GraphQLSchema, type IntrospectionQuery } from 'graphql'

let loading: Promise<GraphQLSchema> | undefined

/** The real Admin API schema of 2026-10, out of Shopify's `@shopify/dev-mcp` package; read once. */
export function adminSchema(): Promise<GraphQLSchema> {
  return (loading ??= load())
}

async function load(): Promise<GraphQLSchema> {
  const text = (await promisify(gunzip)(await readFile(packedSchema()))).toString('utf8')
  const { data } = JSON.parse(text) as { data: IntrospectionQuery }
  return buildClientSchema(data)
}

/** The package exports no file of its own, so that it is looked for where Node would look. */
function packedSchema(): string {
  const folders = createRequire(import.meta.url).resolve.paths('@shopify/dev-mcp') ?? []
  const files = folders.map((folder) => join(folder, '@shopify/dev-mcp/dist/data/admin_2026-10.json.gz'))
  const found = files.find((file) => existsSync(file))
  if (found === undefined) throw new Error('@shopify/dev-mcp with the schema of 2026-10 is not installed')
  return found
}
