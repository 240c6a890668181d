import { expect, it } from 'vitest'
import { recordIdOf } from '~/records/record-id'

/** docs/decisions/009: databases out there hold ids made like this. */
it('makes the id of a record from its key, the same for ever', () => {
  const source = '0193a8f2-6f1e-7c3a-9a54-6a5e1c0f7b21'

  expect(recordIdOf(source, 'product', '632910392')).toBe('7085881f-0b1f-5631-85f6-9c843da436b1')
  expect(recordIdOf(source, 'order', '632910392')).not.toBe(recordIdOf(source, 'product', '632910392'))
})
