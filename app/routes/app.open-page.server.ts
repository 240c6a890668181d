import { data } from '@remix-run/node'
import { z } from 'zod'
import { parity, type Parity } from '~/boot.server'
import { type PageProblem } from '~/dashboard/page-problem'
import { findShopScope, type ShopScope } from '~/dashboard/presenters/scope.server'
import { type Database } from '~/db.server'
import { authenticate } from '~/shopify.server'

/** What a page reads from. */
export interface OpenPage {
  parity: Parity
  scope: ShopScope
}

/**
 * Reads a page for the shop that asks: authenticated, set up, and within its own data.
 *
 * @throws Response what Shopify's library asks the browser to do; 404 when `read` finds nothing (null); 503 when the
 *   database is gone.
 */
export async function openPage<Page>(
  request: Request,
  read: (page: OpenPage) => Promise<Page | null>,
): Promise<Page> {
  const { db } = parity()
  try {
    const { session } = await authenticate.admin(request)
    const page = await read({ parity: parity(), scope: await scopeOf(session.shop) })
    if (page !== null) return page
  } catch (error) {
    if (error instanceof Response || (await answers(db))) throw error
    throw problem('database', 503)
  }
  throw problem('missing', 404)
}

/** The id in a page's address; null when it is none, as if nothing had it. */
export function idIn(text: string | undefined): string | null {
  const parsed = z.uuid().safeParse(text)
  return parsed.success ? parsed.data : null
}

/** The shop's scope; a page may be the first thing that a new shop asks for. */
async function scopeOf(domain: string): Promise<ShopScope> {
  const { db, shops } = parity()
  const known = await findShopScope(db, domain)
  if (known) return known

  await shops.ensureInstalled(domain)
  const made = await findShopScope(db, domain)
  if (!made) throw new Error('an authenticated shop could not be set up')
  return made
}

/** Asking the database is surer than reading, from one of many kinds of error, whether it is there. */
async function answers(db: Database): Promise<boolean> {
  return db.query('SELECT 1').then(
    () => true,
    () => false,
  )
}

function problem(kind: PageProblem['problem'], status: number) {
  const body: PageProblem = { problem: kind }
  return data(body, { status })
}
