import { expect, it } from 'vitest'
import { failureKind, failureTodo } from './failure-kind'

it.each([
  ['VALIDATION_ERROR', 'invalid'],
  ['HTTP_409', 'conflict'],
  ['HTTP_503', 'unavailable'],
  ['HTTP_418', 'refused'],
  ['A_CODE_OF_ITS_OWN', 'refused'],
  ['constructor', 'refused'],
  ['UNREADABLE', 'unreadable'],
  ['SAAS_HAS_NEWER', 'various'],
  ['MIRRORED_AGAIN', 'various'],
  [null, 'various'],
] as const)('the code %s is of the kind %s', (code, kind) => {
  expect(failureKind(code)).toBe(kind)
})

it.each([
  ['invalid', 'product', 'The SaaS refused the record (422): price is missing', 'failure.todo.price'],
  ['invalid', 'order', 'price is missing', 'failure.todo.correct.order'],
  ['refused', 'customer', 'Email is invalid', 'failure.todo.email'],
  ['not_taken', 'category', null, 'failure.todo.correct.category'],
  ['unavailable', 'product', 'price', 'failure.todo.unavailable'],
] as const)('what to do about %s of a %s that says %s', (kind, resource, complaint, key) => {
  expect(failureTodo(kind, resource, complaint)).toBe(key)
})
