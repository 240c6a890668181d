import { USER_AGENT } from '../open-app'
import { type Stage } from './stage'

/** Asks the app for what a person can ask for in its pages. @throws Error with the answer when it is refused */
export async function commandApp(
  { shop, fleet }: Pick<Stage, 'shop' | 'fleet'>,
  fields: [name: string, value: string][],
): Promise<void> {
  // The store's clock is behind: a token of its own time would have expired.
  const now = Math.floor(Date.now() / 1000)
  const token = await shop.idToken({ iat: now, nbf: now, exp: now + 60 })
  const answer = await fetch(`${fleet.web.url}/app/commands`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'user-agent': USER_AGENT },
    body: new URLSearchParams(fields),
  })
  if (!answer.ok)
    throw new Error(`The command was refused: ${answer.status} ${(await answer.text()).slice(0, 300)}`)
}
