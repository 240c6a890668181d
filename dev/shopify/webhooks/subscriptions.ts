import { readFile } from 'node:fs/promises'
import { parse } from 'smol-toml'
import { z } from 'zod'

/** What an app wants to hear of, as its `shopify.app.toml` says it. */
export interface Subscriptions {
  apiVersion: string
  /** The scopes that are granted at installation. */
  scopes: string[]
  list: Subscription[]
}

export interface Subscription {
  topic: string
  /** Absolute, or relative to the app's address. */
  uri: string
  name?: string | undefined
  includeFields?: string[] | undefined
}

const AppToml = z.object({
  access_scopes: z.object({ scopes: z.string().default('') }).default({ scopes: '' }),
  webhooks: z.object({
    api_version: z.string(),
    subscriptions: z
      .array(
        z.object({
          topics: z.array(z.string()).default([]),
          compliance_topics: z.array(z.string()).default([]),
          uri: z.string(),
          name: z.string().optional(),
          include_fields: z.array(z.string()).optional(),
          filter: z.undefined('filters are not played by the stand-in').optional(),
        }),
      )
      .default([]),
  }),
})

/**
 * Reads the subscriptions out of a `shopify.app.toml`, compliance topics too.
 *
 * @throws ZodError naming what is not as Shopify wants it
 */
export function readSubscriptions(toml: string): Subscriptions {
  const { access_scopes, webhooks } = AppToml.parse(parse(toml))
  return {
    apiVersion: webhooks.api_version,
    scopes: access_scopes.scopes.split(/[\s,]+/).filter(Boolean),
    list: webhooks.subscriptions.flatMap(({ topics, compliance_topics, uri, name, include_fields }) =>
      [...topics, ...compliance_topics].map((topic) => ({ topic, uri, name, includeFields: include_fields })),
    ),
  }
}

/** The subscriptions of the app in this repository. */
export async function subscriptionsOfThisApp(): Promise<Subscriptions> {
  return readSubscriptions(await readFile(new URL('../../../shopify.app.toml', import.meta.url), 'utf8'))
}
