import { openApp } from '../open-app'
import { until } from '../until'
import { type Stage } from './stage'

/** What a person's browser does when the app is opened for the first time; then the shop's currency is asked for. */
export async function installApp({
  shop,
  fleet,
  query,
}: Pick<Stage, 'shop' | 'fleet' | 'query'>): Promise<void> {
  const answer = await openApp(fleet.web, shop)
  if (answer.status !== 200)
    throw new Error(`The app could not be opened: ${answer.status}\n${fleet.web.output()}`)
  await until('the shop is described', async () => {
    const rows = await query(`SELECT 1 FROM "Shop" WHERE "domain" = $1 AND "currency" IS NOT NULL`, [
      shop.domain,
    ])
    return rows.length === 1
  })
}
