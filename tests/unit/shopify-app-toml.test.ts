import { existsSync, readFileSync } from 'node:fs'
import { GraphQLEnumType } from 'graphql'
import { parse } from 'smol-toml'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { API_VERSION } from '~/shopify-version'
import { SHOPIFY_TOPICS } from '~/sources/shopify/topics'
import { adminSchema } from '../support/admin-schema'

const COMPLIANCE_TOPICS = ['customers/data_request', 'customers/redact', 'shop/redact'] as const

const Subscription = z.strictObject({
  topics: z.tuple([z.string()]).optional(),
  compliance_topics: z.tuple([z.enum(COMPLIANCE_TOPICS)]).optional(),
  uri: z.string().startsWith('/webhooks/'),
})

/** Every key that the file may have, so that a misspelt one, which Shopify would pass over, fails here. */
const AppToml = z.strictObject({
  client_id: z.string().min(1),
  name: z.string().max(30),
  handle: z.string().regex(/^[a-z][a-z0-9-]*$/),
  application_url: z.url({ protocol: /^https$/ }),
  embedded: z.literal(true),
  build: z.strictObject({
    automatically_update_urls_on_dev: z.boolean(),
    include_config_on_deploy: z.literal(true),
  }),
  access_scopes: z.strictObject({
    scopes: z.string().transform((text) => text.split(',')),
    optional_scopes: z.array(z.string()),
    use_legacy_install_flow: z.literal(false),
  }),
  auth: z.strictObject({ redirect_urls: z.array(z.url({ protocol: /^https$/ })).min(1) }),
  pos: z.strictObject({ embedded: z.boolean() }),
  webhooks: z.strictObject({ api_version: z.string(), subscriptions: z.array(Subscription) }),
})

const WebToml = z.strictObject({
  name: z.string(),
  roles: z.tuple([z.literal('frontend'), z.literal('backend')]),
  webhooks_path: z.string().startsWith('/webhooks/'),
  commands: z.strictObject({ dev: z.string() }),
})

const text = readFileSync('shopify.app.toml', 'utf8')
const app = AppToml.parse(parse(text))
const { scopes, optional_scopes: optionalScopes } = app.access_scopes

/** The subscriptions as they stand in the file, each with the handlers that its comments name. */
const subscriptions = app.webhooks.subscriptions.map((subscription, index) => ({
  topics: [...(subscription.topics ?? []), ...(subscription.compliance_topics ?? [])],
  compliance: subscription.compliance_topics !== undefined,
  uri: subscription.uri,
  handlers: [...(blocks()[index] ?? '').matchAll(/^# Handled by: (\S+)$/gm)].map(([, path]) => path),
}))
const subscribed = subscriptions.flatMap(({ topics }) => topics)
const leftOut = [...text.matchAll(/^# Not subscribed: (\S+) \(.+\)$/gm)].map(([, topic]) => topic)

/** The text of each subscription, up to the blank line that ends it. */
function blocks(): string[] {
  const [, ...parts] = text.split('[[webhooks.subscriptions]]')
  return parts.map((part) => part.split('\n\n')[0] ?? '')
}

/** The webhook topics of our API version, each with the scopes of which Shopify wants one. */
const shopifyTopics = new Map(
  topicEnum()
    .getValues()
    .map(({ description }) => {
      const prose = (description ?? '').replaceAll(/\s+/g, ' ')
      const [, topic = ''] = /^The webhook topic for `([^`]+)` events/.exec(prose) ?? []
      const [, one, several] =
        /Requires (?:the `(\w+)` scope|at least one of the following scopes: ([\w, ]+))\./.exec(prose) ?? []
      return [topic, (one ?? several)?.split(', ') ?? []] as const
    }),
)

function topicEnum(): GraphQLEnumType {
  const type = adminSchema(app.webhooks.api_version).getType('WebhookSubscriptionTopic')
  if (!(type instanceof GraphQLEnumType)) throw new Error('the schema has no webhook topics')
  return type
}

describe('shopify.app.toml', () => {
  it('speaks the API version of the SDK that the code speaks', () => {
    expect(app.webhooks.api_version).toBe(API_VERSION)
  })

  it('subscribes to each topic once', () => {
    expect(subscriptions.map(({ topics }) => topics.length)).toEqual(subscriptions.map(() => 1))
    expect(new Set(subscribed).size).toBe(subscribed.length)
  })

  it('subscribes to all compliance topics', () => {
    const compliance = subscriptions.filter((subscription) => subscription.compliance)
    expect(compliance.flatMap(({ topics }) => topics).sort()).toEqual([...COMPLIANCE_TOPICS])
  })

  it('subscribes to topics that Shopify knows and that its scopes allow', () => {
    expect(shopifyTopics.size).toBe(topicEnum().getValues().length)
    const topics = subscriptions.filter(({ compliance }) => !compliance).flatMap(({ topics }) => topics)
    const refused = topics.filter((topic) => {
      const wanted = shopifyTopics.get(topic)
      return !wanted || (wanted.length > 0 && !wanted.some((scope) => scopes.includes(scope)))
    })
    expect(refused).toEqual([])
  })

  it('asks for the scopes that its subscriptions need, sorted, and for no other', () => {
    const needed = subscribed.flatMap((topic) => SHOPIFY_TOPICS[topic]?.scope ?? [])
    expect(scopes).toEqual([...new Set(needed)].sort())
    expect(optionalScopes).toEqual(['read_all_orders', 'read_customer_merge'])
  })

  it.each(subscriptions.map(({ topics: [topic], ...rest }) => [topic ?? '', rest] as const))(
    'sends %s to its own path and names the file that maps it',
    (topic, { uri, handlers }) => {
      expect(uri).toBe(`/webhooks/${topic.replace('.', '/')}`)
      expect(handlers).toEqual([SHOPIFY_TOPICS[topic]?.handler])
      expect(handlers.every((path) => path && existsSync(path))).toBe(true)
    },
  )

  it('subscribes to all that is handled and that the scopes allow, or says why not', () => {
    const possible = Object.entries(SHOPIFY_TOPICS)
      .filter(([, { scope }]) => scope === null || scopes.includes(scope))
      .map(([topic]) => topic)

    expect(possible.filter((topic) => !subscribed.includes(topic) && !leftOut.includes(topic))).toEqual([])
    expect(leftOut.filter((topic) => topic === undefined || !(topic in SHOPIFY_TOPICS))).toEqual([])
    expect(leftOut.filter((topic) => topic !== undefined && subscribed.includes(topic))).toEqual([])
  })

  it('comes back to the path that answers after a login', () => {
    expect(app.auth.redirect_urls).toEqual([`${app.application_url}/auth/callback`])
  })
})

describe('shopify.web.toml', () => {
  it('has no key that the CLI does not know, and starts a file that exists', () => {
    const { commands } = WebToml.parse(parse(readFileSync('shopify.web.toml', 'utf8')))
    const file = commands.dev.split(' ').at(-1)
    expect(file && existsSync(file)).toBe(true)
  })
})
