import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { type AddressInfo } from 'node:net'

/** A request as it arrived, to be answered whenever its shop's SaaS likes. */
export interface Arrived {
  /** What follows the shop in the address: the tenant, then the path. */
  path: string
  request: IncomingMessage
  body: string
  response: ServerResponse
}

/** One HTTP server for the SaaS's of many shops: the first step of a path is the shop. */
export interface Switchboard {
  url: string
  connect(shop: string, onArrived: (arrived: Arrived) => void): void
  disconnect(shop: string): void
  stop(): Promise<void>
}

export async function startSwitchboard(): Promise<Switchboard> {
  const shops = new Map<string, (arrived: Arrived) => void>()
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const [, shop = '', ...rest] = (request.url ?? '').split('/')
      const arrived = { path: rest.join('/'), request, body: Buffer.concat(chunks).toString(), response }
      const onArrived = shops.get(shop)
      if (onArrived) onArrived(arrived)
      else response.socket?.destroy()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    connect: (shop, onArrived) => void shops.set(shop, onArrived),
    disconnect: (shop) => void shops.delete(shop),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
