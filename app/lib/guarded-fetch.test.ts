import { createServer, type Server } from 'node:http'
import { type AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createGuardedFetch } from './guarded-fetch'

/** Names lead where a test wants, one set of addresses after the other. */
function leading(...sets: string[][]) {
  const asked: string[] = []
  const guarded = createGuardedFetch((name, _options, tell) => {
    asked.push(name)
    const addresses = sets[Math.min(asked.length, sets.length) - 1] ?? []
    tell(
      null,
      addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    )
  })
  return { guarded, asked }
}

/** The codes of an error and of all that caused it. */
async function codesOf(call: Promise<unknown>): Promise<string[]> {
  const codes: string[] = []
  let error = await call.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  while (error instanceof Error) {
    if ('code' in error) codes.push(String(error.code))
    error = error.cause
  }
  return codes
}

describe('a call to an address that a person typed', () => {
  let server: Server
  let calls = 0
  let port = 0
  beforeAll(async () => {
    server = createServer((_request, response) => {
      calls += 1
      response.end('inside')
    })
    server.on('connection', () => (calls += 1))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    port = (server.address() as AddressInfo).port
  })
  afterAll(() => new Promise((resolve) => server.close(resolve)))

  it.each([
    ['a private network', ['10.0.0.7']],
    ['this machine', ['127.0.0.1']],
    ['a machine of the cloud that hands out keys', ['169.254.169.254']],
    ['an IPv6 network of its own', ['fd00::7']],
    ['both the internet and a private network', ['93.184.216.34', '192.168.0.7']],
  ])('is not made when its name leads into %s', async (_where, addresses) => {
    const { guarded, asked } = leading(addresses)
    const codes = await codesOf(guarded(`https://saas.example.com:${port}/`))
    expect(codes).toContain('ERR_NOT_PUBLIC')
    expect(asked).toEqual(['saas.example.com'])
    expect(calls).toBe(0)
  })

  it('is not made to a name that was public before and is not any more', async () => {
    const { guarded, asked } = leading([], ['127.0.0.1'])
    await codesOf(guarded(`https://saas.example.com:${port}/`))
    expect(await codesOf(guarded(`https://saas.example.com:${port}/`))).toContain('ERR_NOT_PUBLIC')
    expect(asked).toHaveLength(2)
    expect(calls).toBe(0)
  })

  it.each(['https://127.0.0.1', 'https://[::1]', 'https://localhost', 'http://saas.example.com'])(
    'is not made where nothing need be looked up: %s',
    async (origin) => {
      const { guarded, asked } = leading(['93.184.216.34'])
      expect(await codesOf(guarded(`${origin}:${port}/`))).toEqual(['ERR_NOT_PUBLIC'])
      expect(asked).toEqual([])
      expect(calls).toBe(0)
    },
  )
})
