import { describe, expect, it } from 'vitest'
import { type DueNotice } from '~/alerts/told'
import { alertWords } from './alert-words'

const NOTICE: DueNotice = {
  id: 'n',
  shopId: 's',
  subject: 'begun',
  channel: 'email',
  tries: 1,
  madeAt: new Date('2026-11-22T12:02:00Z'),
  incidentId: 'i',
  kind: 'connection',
  cause: 'refused',
  count: null,
  openedAt: new Date('2026-11-22T12:00:00Z'),
  closedAt: null,
  domain: 'tea.myshopify.com',
  shopName: 'Tea & Co',
  timeZone: 'America/New_York',
  locale: 'en',
  email: 'owner@tea.example',
  webhookUrl: null,
  webhookSecret: null,
}

describe('an alert', () => {
  it('names the shop, what is wrong, and since when on the shop’s clock', () => {
    const { title, body } = alertWords(NOTICE)
    expect(title).toBe('Parity: the SaaS of Tea & Co does not accept the key')
    expect(body).toMatch(/^Since Nov 22, 2026.*7:00:00\sAM EST nothing reaches the SaaS\./)
  })

  it('counts the records that failed', () => {
    const { title } = alertWords({ ...NOTICE, kind: 'failures', cause: null, count: 1_200 })
    expect(title).toBe('Parity: 1,200 records of Tea & Co could not be delivered')
  })

  it('tells the end with both times', () => {
    const closedAt = new Date('2026-11-22T13:00:00Z')
    const { title, body } = alertWords({ ...NOTICE, subject: 'over', closedAt })
    expect(title).toBe('Parity: the SaaS of Tea & Co takes records again')
    expect(body).toMatch(/from Nov 22.*7:00:00.*to Nov 22.*8:00:00/)
  })

  it('that is a test says so, and names a shop without a name by its domain', () => {
    const { title } = alertWords({ ...NOTICE, subject: 'test', kind: null, incidentId: null, shopName: null })
    expect(title).toBe('Parity: test alert for tea.myshopify.com')
  })
})
