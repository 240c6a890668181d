import { validate } from '@apidevtools/swagger-parser'
import { describe, expect, it } from 'vitest'
import { type Database } from '~/db.server'
import { sendTo } from '../../tests/support/receiver'
import { createReceiver } from './receiver'

describe('the OpenAPI document', () => {
  const read = async () => {
    const { status, body } = await sendTo(createReceiver({ db: {} as Database }), 'GET', '/api/openapi.json')
    expect(status).toBe(200)
    return body as unknown as {
      openapi: string
      paths: Record<string, Record<string, object>>
      components: object
    }
  }

  it('is well formed, needs no key and is of version 3.1', async () => {
    const document = await read()
    expect(document.openapi).toMatch(/^3\.1\./)
    await expect(validate(structuredClone(document) as never)).resolves.toBeDefined()
  })

  it('has every endpoint', async () => {
    const { paths } = await read()
    const addresses = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    )
    expect(addresses.toSorted()).toEqual([
      'DELETE /api/customers/{id}',
      'GET /api/openapi.json',
      'GET /api/sync/digest',
      'GET /api/sync/digest/rows',
      'GET /api/sync/logs',
      'GET /api/sync/status',
      'POST /api/customers/sync',
      'POST /api/sync/batch',
      'POST /api/sync/categories',
      'POST /api/sync/customers',
      'POST /api/sync/orders',
      'POST /api/sync/products',
      'POST /api/sync/webhook',
    ])
  })

  it('says what an endpoint asks for and what it can answer', async () => {
    const { paths } = await read()
    expect(paths['/api/sync/digest']?.get).toMatchObject({
      security: [{ apiKey: [] }],
      parameters: [
        { name: 'source', in: 'query', required: true },
        { name: 'store', in: 'query', required: true },
        { name: 'resource', in: 'query', required: true },
        { name: 'prefix', in: 'query', required: false },
      ],
    })
    expect(Object.keys((paths['/api/sync/webhook']?.post as { responses: object }).responses)).toEqual([
      '200',
      '400',
      '401',
      '413',
      '429',
      '500',
    ])
    expect(JSON.stringify(paths['/api/sync/webhook'])).toContain('"#/components/schemas/SyncEvent"')
  })
})
