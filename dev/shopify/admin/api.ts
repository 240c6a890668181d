import { say } from './toast.js'

/** The shop that this page is about: `/store/<handle>/…`, or the first. */
const handle = /^\/store\/([^/]+)/.exec(location.pathname)?.[1]
const shop = handle === undefined ? '' : `shop=${handle}.myshopify.com`

/** Asks the stand-in. @throws Error with its words */
export async function ask<T>(path: string, method = 'GET', body?: unknown): Promise<T> {
  const address = `/__standin${path}${path.includes('?') ? '&' : '?'}${shop}`
  const answer = await fetch(address, {
    method,
    headers: { 'Content-Type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  const said = (await answer.json()) as T & { error?: string }
  if (!answer.ok) throw new Error(said.error ?? `The stand-in answered ${answer.status}`)
  return said
}

/** Commands the stand-in and says how it went. */
export async function command(
  done: string,
  path: string,
  method = 'POST',
  body: unknown = {},
): Promise<void> {
  try {
    await ask(path, method, body)
    say(done)
    dispatchEvent(new Event('standin:changed'))
  } catch (error) {
    say(error instanceof Error ? error.message : String(error), true)
  }
}
