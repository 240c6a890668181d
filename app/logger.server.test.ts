import { PassThrough } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { ParityError } from './lib/errors'
import { createLogger } from './logger.server'

/** What a logger writes when it is told this. */
function written(entry: Record<string, unknown>): string {
  const stream = new PassThrough()
  createLogger('info', stream).info(entry, 'message')
  return String(stream.read())
}

describe('the log', () => {
  it('is one JSON line an entry', () => {
    expect(JSON.parse(written({ recordId: 'r1' }))).toMatchObject({
      level: 30,
      recordId: 'r1',
      msg: 'message',
    })
  })

  it.each([
    { authorization: 'hush' },
    { headers: { Authorization: 'hush', 'X-Shopify-Access-Token': 'hush', 'x-shopify-hmac-sha256': 'hush' } },
    { a: { b: { c: { email: 'hush' } } } },
    { list: [{ phone: 'hush' }] },
    { accessToken: 'hush', refresh_token: 'hush', apiKey: 'hush', client_secret: 'hush', password: 'hush' },
    { body: 'hush', payload: { any: 'hush' } },
  ])('hides what is secret or personal, however deep it stands: %j', (entry) => {
    expect(written(entry)).not.toContain('hush')
  })

  it('shows errors with their code, cause and stack', () => {
    const err = new ParityError('CODE', {
      message: 'outer',
      userMessage: 'Do this.',
      cause: new Error('inner'),
    })
    expect(JSON.parse(written({ err }))).toMatchObject({
      err: {
        type: 'ParityError',
        code: 'CODE',
        message: 'outer',
        stack: expect.stringContaining('logger') as string,
        cause: { message: 'inner' },
      },
    })
  })

  it.each([
    [
      'a database',
      Object.assign(new Error('invalid input: "hush"'), { code: '22P02', detail: 'hush', where: 'hush' }),
    ],
    ['a constraint', Object.assign(new Error('duplicate key: hush'), { code: '23505' })],
    ['JSON', new SyntaxError('Unexpected token, "hush"... is not valid JSON')],
    ['a cause', new Error('outer', { cause: Object.assign(new Error('hush'), { code: '22021' }) })],
  ])('hides what an error quotes of data: %s', (_case, err) => {
    expect(written({ err })).not.toContain('hush')
  })

  it('says nothing below its level', () => {
    const stream = new PassThrough()
    createLogger('warn', stream).info({}, 'message')
    expect(stream.read()).toBeNull()
  })
})
