import { Refusal, success } from '../answer'
import { readDigest, readDigestRows } from '../digest'
import { check, type Endpoint } from '../endpoint'
import { DigestAnswer, DigestQuery, DigestRowsAnswer, ROWS_LIMIT } from '../wire'

/** A fingerprint of the mirror, to find differences without sending the records. */
export const digest: Endpoint = {
  method: 'GET',
  path: '/api/sync/digest',
  summary: 'Count and hash of the records under a prefix, and of its 16 children.',
  access: 'tenant',
  query: DigestQuery,
  answer: DigestAnswer,
  refusals: ['VALIDATION_ERROR'],

  async handle({ query, tenant }, { db }) {
    return success(await readDigest(db, tenant.storeId, check(DigestQuery, Object.fromEntries(query))))
  },
}

/** What the digest is made of, for a prefix narrow enough. */
export const digestRows: Endpoint = {
  method: 'GET',
  path: '/api/sync/digest/rows',
  summary: 'The records under a prefix, as the digest compares them.',
  access: 'tenant',
  query: DigestQuery,
  answer: DigestRowsAnswer,
  refusals: ['VALIDATION_ERROR'],

  async handle({ query, tenant }, { db }) {
    const selection = check(DigestQuery, Object.fromEntries(query))
    const rows = await readDigestRows(db, tenant.storeId, selection, ROWS_LIMIT + 1)
    if (rows.length > ROWS_LIMIT)
      throw new Refusal('VALIDATION_ERROR', `prefix covers more than ${ROWS_LIMIT} records: make it longer`)
    return success({ rows })
  },
}
