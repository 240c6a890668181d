import { describe, expect, it } from 'vitest'
import { sortErrors } from './sort-errors'

const error = (code?: string, path?: string[]) => ({ extensions: { code }, path })

describe('the errors of an answer', () => {
  it('are none of the question when access to fields is denied', () => {
    expect(sortErrors([])).toEqual({ kind: 'answered', denied: [] })
    expect(sortErrors([error('ACCESS_DENIED', ['a', '0']), error('ACCESS_DENIED')])).toEqual({
      kind: 'answered',
      denied: [['a', '0'], []],
    })
  })

  it('say that the budget is used up, or that the question is too large', () => {
    expect(sortErrors([error('THROTTLED')])).toEqual({ kind: 'throttled' })
    expect(sortErrors([error('MAX_COST_EXCEEDED')])).toEqual({ kind: 'too_costly' })
  })

  it('may pass, when all are failures of Shopify', () => {
    expect(sortErrors([error('INTERNAL_SERVER_ERROR'), error('ACCESS_DENIED', ['a'])])).toEqual({
      kind: 'failed',
      codes: 'INTERNAL_SERVER_ERROR',
    })
  })

  it('are told by their codes alone', () => {
    expect(sortErrors([error('undefinedField'), error('TIMEOUT'), error()])).toEqual({
      kind: 'refused',
      codes: 'undefinedField, TIMEOUT, without code',
    })
  })
})
