import { Agent as HttpAgent, request as httpRequest } from 'node:http'
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https'

/** How one attempt to deliver ended. Only a 2xx status counts as taken. */
export type PostResult = { status: number; error: null } | { status: null; error: string }

/** Posts bytes with exactly those headers and follows no redirect. Does not throw. */
export type Post = (
  url: string,
  headers: Record<string, string>,
  body: string,
  timeoutMs: number,
) => Promise<PostResult>

/** A poster with connections of its own, kept alive as Shopify keeps them. */
export function createPost(): { post: Post; close(): void } {
  const agents = { http: new HttpAgent({ keepAlive: true }), https: new HttpsAgent({ keepAlive: true }) }
  const post: Post = (url, headers, body, timeoutMs) =>
    new Promise((resolve) => {
      const bytes = Buffer.from(body, 'utf8')
      const secure = url.startsWith('https:')
      const options = {
        method: 'POST',
        agent: secure ? agents.https : agents.http,
        headers: { ...headers, 'Content-Length': String(bytes.length) },
      }
      const request = (secure ? httpsRequest : httpRequest)(url, options, (response) => {
        response.resume()
        response.once('end', () => finish({ status: response.statusCode ?? 0, error: null }))
        response.once('error', (error) => finish({ status: null, error: error.message }))
      })
      const timer = setTimeout(() => request.destroy(new Error(`no answer in ${timeoutMs} ms`)), timeoutMs)
      const finish = (result: PostResult) => {
        clearTimeout(timer)
        resolve(result)
      }
      request.once('error', (error) => finish({ status: null, error: error.message || String(error) }))
      request.end(bytes)
    })
  return {
    post,
    close() {
      agents.http.destroy()
      agents.https.destroy()
    },
  }
}
