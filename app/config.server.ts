import { z } from 'zod'
import { DialectName, PiiPolicy } from './contracts/resource'

const KEY_BYTES = 32

const httpUrl = z
  .url({ protocol: /^https?$/, error: 'must be an http or https URL' })
  .transform(withoutTrailingSlash)

/** An encryption key as the environment has it, or several separated by commas: the first seals, the others only open. */
const KeyRing = z.string().transform((text, context): [Buffer, ...Buffer[]] => {
  const [first, ...others] = text.split(',').map((key) => Buffer.from(key.trim(), 'base64'))
  if (first && [first, ...others].every((key) => key.length === KEY_BYTES)) return [first, ...others]

  context.addIssue({ code: 'custom', message: `must be ${KEY_BYTES} bytes in base64` })
  return z.NEVER
})

const Environment = z.object({
  NODE_ENV: z.string().default('development'),
  DATABASE_URL: z.string().regex(/^postgres(ql)?:\/\//, 'must be a postgresql:// URL'),
  PORT: z.coerce.number().int().min(1).max(65535).default(3000),
  HOST: z.string().default('0.0.0.0'),
  SHOPIFY_API_KEY: z.string(),
  SHOPIFY_API_SECRET: z.string(),
  SHOPIFY_API_SECRET_PREVIOUS: z.string().optional(),
  SHOPIFY_APP_URL: httpUrl,
  SCOPES: z.string().transform((text) => text.split(',').map((scope) => scope.trim())),
  PARITY_ENCRYPTION_KEY: KeyRing,
  PARITY_ROLE: z.enum(['web', 'worker', 'all']).default('all'),
  SAAS_API_URL: httpUrl.optional(),
  SAAS_API_KEY: z.string().optional(),
  SAAS_DIALECT: DialectName.default('unified'),
  SAAS_PII_POLICY: PiiPolicy.default('minimal'),
  SMTP_URL: z.url({ protocol: /^smtps?$/, error: 'must be an smtp or smtps URL' }).optional(),
  MAIL_FROM: z.email({ error: 'must be an email address' }).optional(),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
})

/** The environment, checked. Nothing else reads `process.env`. */
export type Config = z.infer<typeof Environment>

/** A start that the environment does not allow: names every fault at once, and never a value. */
export class ConfigError extends Error {
  readonly faults: string[]

  constructor(faults: string[]) {
    super(`The environment is not complete:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`)
    this.name = 'ConfigError'
    this.faults = faults
  }
}

/**
 * Parses an environment. An empty variable is as good as none.
 *
 * @throws ConfigError naming every missing or malformed variable.
 */
export function parseConfig(env: Record<string, string | undefined>): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''))
  const parsed = Environment.safeParse(given)
  if (parsed.success) return parsed.data

  const faults = parsed.error.issues.map((issue) => {
    const name = String(issue.path[0])
    return `${name} ${given[name] === undefined ? 'is missing' : issue.message}`
  })
  throw new ConfigError([...new Set(faults)])
}

let current: Config | undefined

/** The environment of this process, parsed at the first call. @throws ConfigError */
export function config(): Config {
  current ??= parseConfig(process.env)
  return current
}

function withoutTrailingSlash(url: string): string {
  return url.replace(/\/+$/, '')
}
