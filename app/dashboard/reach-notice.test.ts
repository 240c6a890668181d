import { describe, expect, it } from 'vitest'
import { Notice } from '~/contracts/notice'
import { type ReachView } from './presenters/reach.server'
import { noticeOf } from './reach-notice.server'

const NOBODY = new Set<string>()
const order: ReachView = {
  resource: 'order',
  words: 'Orders of the last 60 days only.',
  denied: ['Customer.email'],
}
const customer: ReachView = {
  resource: 'customer',
  words: null,
  denied: ['Customer.email', 'Customer.phone'],
}

describe('what is out of reach', () => {
  it('is one piece of news that says each thing once', () => {
    const news = noticeOf([order, customer, order], NOBODY)
    expect(news).toMatchObject({
      words: ['Orders of the last 60 days only.'],
      denied: ['Customer.email', 'Customer.phone'],
    })
    expect(Notice.safeParse(news?.notice).success).toBe(true)
    expect(noticeOf([], NOBODY)).toBeNull()
  })

  it('is not told again once it was put away, in whatever order it is found', () => {
    const { notice } = noticeOf([order, customer], NOBODY)!
    expect(noticeOf([customer, order], new Set([notice]))).toBeNull()
  })

  it('is told again when it is another', () => {
    const { notice } = noticeOf([order], NOBODY)!
    expect(noticeOf([order, customer], new Set([notice]))).not.toBeNull()
  })
})
