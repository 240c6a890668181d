import { describe, expect, it } from 'vitest'
import { FieldError } from '~/lib/field-error'
import { readCommand } from './read-command'

const refusalOf = (form: string): unknown => {
  try {
    return readCommand(form)
  } catch (error) {
    return error
  }
}

describe('a form of a page', () => {
  it('is read as a command, with lists of what is there several times', () => {
    const [one, other] = ['6f0f9b2e-2f44-4d0f-8d5b-6f4b6a3a7f11', '6f0f9b2e-2f44-4d0f-8d5b-6f4b6a3a7f12']
    expect(readCommand(`intent=replay&id=${one}&id=${other}`)).toEqual({
      intent: 'replay',
      id: [one, other],
    })
  })

  it('has each wrong field named, and says nothing of what stood there', () => {
    const refusal = refusalOf('intent=dismiss&id=secret-one')
    expect(refusal).toBeInstanceOf(FieldError)
    expect(refusal).toMatchObject({
      code: 'COMMAND_INVALID',
      fields: { id: 'INVALID', reason: 'INVALID' },
    })
    expect((refusal as Error).message).not.toContain('secret-one')
  })

  it.each(['', 'intent=nonsense', 'id=1'])(
    'that asks for nothing known has no field to correct: "%s"',
    (form) => {
      const refusal = refusalOf(form)
      expect(refusal).not.toBeInstanceOf(FieldError)
      expect(refusal).toMatchObject({ code: 'COMMAND_INVALID' })
    },
  )
})
