import { type Browser, chromium, type Frame } from 'playwright-core'
import { openAdmin } from '../../tests/support/browser'
import { launchOptions } from '../../tests/setup/browser'
import { observeVitals, readVitals, type Vitals } from '../../tests/support/vitals'
import { type Stage } from '../stage'
import { type BusyStore } from './open-busy-store'

const ROUNDS = 5
const TABS_PRESSED = 5

/** The pages that a browser opens: those with the most in them. */
const BROWSED = [
  { name: 'Overview', path: '/app' },
  { name: 'Activity', path: '/app/activity' },
  { name: 'Records', path: '/app/records' },
  { name: 'Failures', path: '/app/failures' },
]

/** What a person feels of a page: one each time that it was opened. */
export interface BrowsedPage {
  name: string
  vitals: Vitals[]
}

/** Opens pages in a browser again and again, as a person who comes back: with a cold page and a warm server. */
export async function browsePages(stage: Pick<Stage, 'atEnd'>, store: BusyStore): Promise<BrowsedPage[]> {
  const browser = await chromium.launch(await launchOptions())
  stage.atEnd(() => browser.close())
  const pages: BrowsedPage[] = BROWSED.map(({ name }) => ({ name, vitals: [] }))
  for (let round = 0; round <= ROUNDS; round += 1) {
    for (const [index, { path }] of BROWSED.entries()) {
      const vitals = await browse(browser, store, path)
      // The first round warms up.
      if (round > 0) pages[index]?.vitals.push(vitals)
    }
  }
  return pages
}

async function browse(browser: Browser, { app, shop }: BusyStore, path: string): Promise<Vitals> {
  const options = { appUrl: app.url, shop: shop.domain, idToken: () => shop.idToken(), path }
  const admin = await openAdmin(options, browser)
  await observeVitals(admin.app)
  // Painted before anything is pressed: a press ends the search for the largest content.
  const { lcpMs } = await readVitals(admin.app)
  await press(admin.app)
  const vitals = await readVitals(admin.app)
  for (const words of vitals.moved) console.log(`  ${path} moved: ${words}`)
  await admin.close()
  return { ...vitals, lcpMs }
}

/** Presses what there is to press: the key that goes through it all, every tab, and then a choice, if there is one. */
async function press(app: Frame): Promise<void> {
  for (let n = 0; n < TABS_PRESSED; n += 1) await app.press('body', 'Tab')
  for (const tab of await app.getByRole('tab').all()) if (await tab.isVisible()) await tab.click()
  const choice = app.getByRole('combobox').first()
  if (await choice.isVisible()) await choice.press('ArrowDown')
}
