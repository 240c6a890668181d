import chromium from '@sparticuz/chromium'
import { chromium as playwright, type LaunchOptions } from 'playwright-core'
import { type TestProject } from 'vitest/node'

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the one browser of the run is driven from. */
    browserEndpoint: string
  }
}

// A page of the public internet may not frame one of the loopback, unless told otherwise.
const ALLOW_LOOPBACK = '--disable-features=LocalNetworkAccessChecks,BlockInsecurePrivateNetworkRequests'

// In a single process, a page that closes takes the browser with it; of two lists of features to disable, the last counts.
const UNWANTED = ['--single-process', '--no-zygote', '--disable-features=']

/** Starts the browser of the run: the one that comes with the npm packages, or the one that PARITY_CHROME names. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await playwright.launchServer(await launchOptions())
  project.provide('browserEndpoint', server.wsEndpoint())
  return () => server.close()
}

/** How the browser is started. */
export async function launchOptions(): Promise<LaunchOptions> {
  const named = process.env.PARITY_CHROME
  if (named) return { executablePath: named, args: ['--no-sandbox', ALLOW_LOOPBACK] }
  if (process.platform !== 'linux' || process.arch !== 'x64')
    return { channel: 'chrome', args: [ALLOW_LOOPBACK] }

  const args = chromium.args.filter((arg) => !UNWANTED.some((name) => arg.startsWith(name)))
  return { executablePath: await chromium.executablePath(), args: [...args, '--no-sandbox', ALLOW_LOOPBACK] }
}
