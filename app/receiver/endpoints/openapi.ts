import { z } from 'zod'
import { type Endpoint } from '../endpoint'
import { openApiDocument } from '../openapi'

/** The document that describes these endpoints and itself. */
export function openApi(described: Endpoint[]): Endpoint {
  let document: object | undefined
  const endpoint: Endpoint = {
    method: 'GET',
    path: '/api/openapi.json',
    summary: 'This document.',
    access: 'public',
    answer: z.looseObject({ openapi: z.string() }),
    refusals: [],
    handle: () => Response.json((document ??= openApiDocument([...described, endpoint]))),
  }
  return endpoint
}
