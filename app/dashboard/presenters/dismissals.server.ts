import { type Database } from '~/db.server'
import { type ShopScope } from './scope.server'

/** The notices that people of a shop have put away. */
export async function presentDismissals({ prisma }: Database, { shopId }: ShopScope): Promise<Set<string>> {
  const rows = await prisma.dismissal.findMany({ where: { shopId }, select: { notice: true } })
  return new Set(rows.map(({ notice }) => notice))
}
