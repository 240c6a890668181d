import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { buildClientSchema, type GraphQLSchema, type IntrospectionQuery } from 'graphql'

/** Shopify's real Admin API schema of one version, as the package @shopify/dev-mcp carries it. */
export function adminSchema(version: string): GraphQLSchema {
  const file = new URL(
    `../../node_modules/@shopify/dev-mcp/dist/data/admin_${version}.json.gz`,
    import.meta.url,
  )
  const { data } = JSON.parse(gunzipSync(readFileSync(file)).toString()) as { data: IntrospectionQuery }
  return buildClientSchema(data)
}
