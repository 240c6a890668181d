import { z } from 'zod'
import { type AskAdmin } from './ask-admin.server'

export const SCOPES = `#graphql
  query Scopes {
    currentAppInstallation {
      accessScopes { handle }
    }
  }
`

const Installation = z.object({
  currentAppInstallation: z.object({ accessScopes: z.array(z.object({ handle: z.string() })) }),
})

/** The scopes that the merchant granted. To write is also to read. @throws ParityError as `AskAdmin` does */
export async function grantedScopes(ask: AskAdmin): Promise<Set<string>> {
  const { data } = await ask({ kind: 'scopes', query: SCOPES, answer: Installation })
  const handles = data.currentAppInstallation.accessScopes.map(({ handle }) => handle)
  return new Set(handles.flatMap((handle) => [handle, handle.replace(/^write_/, 'read_')]))
}
