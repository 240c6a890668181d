import { describe, expect, it } from 'vitest'
import { ParityError, toError } from './errors'

describe('errors', () => {
  it('carry a code, a message for the log and a sentence for the merchant', () => {
    const cause = new Error('inner')
    const error = new ParityError('CODE', { message: 'what', userMessage: 'What to do.', cause })
    expect(error).toMatchObject({
      name: 'ParityError',
      code: 'CODE',
      message: 'what',
      userMessage: 'What to do.',
      cause,
    })
    expect(new ParityError('CODE', { message: 'a', userMessage: 'b' })).not.toHaveProperty('cause')
  })

  it('are made of whatever was thrown', () => {
    const error = new TypeError('x')
    expect(toError(error)).toBe(error)
    expect(toError('text')).toMatchObject({ message: 'text' })
  })
})
