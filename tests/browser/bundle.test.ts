import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { closeBrowser } from '../support/browser'
import { loadedFiles } from '../support/loaded-files'
import { startDesk, type Desk } from './desk'

/**
 * How much a page may load of scripts and styles, compressed, in KB. React, Remix and Polaris' styles and frame are 190 of them; the app's own
 * words and components 40. A phone with 1.6 Mbit/s, as Shopify measures apps, takes a second and a half for 300, and then all of it is in its
 * cache. Whoever must raise this says what for.
 */
const BUDGET_KB = 300
const NAMED = 12

let desk: Desk

beforeAll(async () => {
  desk = await startDesk()
  await desk.install()
})
afterAll(async () => {
  await closeBrowser()
  await desk?.stop()
})

describe('what a page loads', () => {
  it.each(['/app', '/app/activity'])('stays within the budget of scripts and styles: %s', async (path) => {
    const admin = await desk.open({ path })

    const files = await loadedFiles(admin.app)

    const sum = files.reduce((bytes, file) => bytes + file.bytes, 0)
    const largest = files.slice(0, NAMED).map((file) => `${inKb(file.bytes)} KB ${file.path}`)
    expect(files.length).toBeGreaterThan(0)
    expect(inKb(sum), `${path} loads ${inKb(sum)} KB:\n${largest.join('\n')}`).toBeLessThanOrEqual(BUDGET_KB)
    await admin.close()
  })
})

function inKb(bytes: number): number {
  return Math.round(bytes / 100) / 10
}
