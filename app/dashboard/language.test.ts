import { describe, expect, it } from 'vitest'
import { SHOPIFY_TOPICS } from '~/sources/shopify/topics'
import { createLanguage } from './language'

const english = createLanguage({ locale: 'en', timeZone: 'America/New_York' })
const NOW = '2026-11-21T12:00:00.000Z'

describe('a language', () => {
  it('chooses the plural form and formats the numbers in it', () => {
    expect(english.t('banner.failed.title', { count: 1 })).toBe('1 record could not be delivered')
    expect(english.t('banner.failed.title', { count: 12_345 })).toBe('12,345 records could not be delivered')
  })

  it('never rounds a share up to all', () => {
    expect(english.percent(0.99999)).toBe('99.9%')
    expect(english.percent(1)).toBe('100%')
    expect(english.percent(0)).toBe('0%')
  })

  it.each([
    [1, '1 byte'],
    [30, '30 bytes'],
    [5_222, '5.1 kB'],
  ])('says how much %i bytes are', (count, words) => {
    expect(english.bytes(count)).toBe(words)
  })

  it.each([
    ['en', '12.50', 'USD', '$12.50'],
    ['en', '-1234.5', 'USD', '-$1,234.5'],
    ['en', '1200', 'JPY', '¥1,200'],
    ['en', '12345678901234567890.1234', 'EUR', '€12,345,678,901,234,567,890.1234'],
    ['pt-BR', '1234.50', 'BRL', 'R$ 1.234,50'],
    ['pt-BR', '0.005', 'USD', 'US$ 0,005'],
  ])('writes in %s the amount %s %s with all of its own decimals', (locale, digits, currency, words) => {
    const { money } = createLanguage({ locale, timeZone: null })
    expect(money(digits, currency).replaceAll(/\s/g, ' ')).toBe(words)
  })

  it('writes a number with all of its decimals where two are compared', () => {
    expect(english.exact(12_345.00625)).toBe('12,345.00625')
    expect(createLanguage({ locale: 'pt-BR', timeZone: null }).exact(12_345.00625)).toBe('12.345,00625')
  })

  it("tells times on the shop's clock, and names its zone", () => {
    expect(english.time('2026-07-01T01:02:03Z')).toMatch(/Jun 30, 2026.*9:02:03\sPM EDT/)
    expect(english.date('2026-07-01T01:02:03Z')).toBe('Jun 30, 2026')
  })

  it.each([
    ['2026-11-21T11:59:48Z', '12 sec. ago'],
    ['2026-11-21T12:00:00Z', 'now'],
    ['2026-11-21T11:01:00Z', '59 min. ago'],
    ['2026-11-21T02:00:00Z', '10 hr. ago'],
    ['2026-11-20T11:00:00Z', 'yesterday'],
    ['2026-12-01T12:00:00Z', 'in 10 days'],
    ['2020-11-21T12:00:00Z', '6 yr. ago'],
  ])('says how far %s is from now', (instant, words) => {
    expect(english.relative(instant, NOW)).toBe(words)
  })

  it.each([
    [12.4, '12 ms'],
    [1_250, '1.3 sec'],
    [59_000, '59 sec'],
    [90_000, '1.5 min'],
    [7_200_000, '2 hr'],
    [129_600_000, '1.5 days'],
  ])('says how long %i milliseconds are', (milliseconds, words) => {
    expect(english.duration(milliseconds)).toBe(words)
  })

  it("begins a day at midnight on the shop's clock, in summer and in winter", () => {
    expect(english.midnight('2026-07-01')).toBe('2026-07-01T04:00:00.000Z')
    expect(english.midnight('2026-11-01')).toBe('2026-11-01T04:00:00.000Z')
    expect(english.midnight('2026-11-02')).toBe('2026-11-02T05:00:00.000Z')
    const tokyo = createLanguage({ locale: 'en', timeZone: 'Asia/Tokyo' })
    expect(tokyo.midnight('2026-11-02')).toBe('2026-11-01T15:00:00.000Z')
    expect(tokyo.day('2026-11-01T15:00:00Z')).toBe('2026-11-02')
    expect(english.day('2026-11-02T04:59:59Z')).toBe('2026-11-01')
  })

  it('has words for every topic that Parity handles', () => {
    for (const name of Object.keys(SHOPIFY_TOPICS)) expect(english.topic(name)).not.toBe(name)
  })

  it('says a topic in words, and an unknown one as it is', () => {
    expect(english.topic('products/update')).toBe('Product updated')
    expect(english.topic('carts/update')).toBe('carts/update')
  })

  it('falls back to English and to UTC', () => {
    const other = createLanguage({ locale: 'tlh-not a locale', timeZone: 'Mars/Olympus' })
    expect(other.t('overview.title')).toBe('Overview')
    expect(other.time('2026-07-01T01:02:03Z')).toContain('1:02:03')
    expect(createLanguage({ locale: 'de-AT', timeZone: null })).toMatchObject({ locale: 'en', tag: 'en' })
  })

  it('speaks Portuguese to whoever does, also of what the stages wrote down', () => {
    const portuguese = createLanguage({ locale: 'pt-PT', timeZone: 'America/Sao_Paulo' })
    expect(portuguese).toMatchObject({ locale: 'pt-PT', tag: 'pt-BR' })
    expect(portuguese.t('banner.failed.title', { count: 1_200 })).toMatch(
      /^1\s?200 registros não puderam ser entregues$/,
    )
    expect(portuguese.told('Compared 1,200 orders and 3 products; 2 differed and were repaired.')).toMatch(
      /^1\s?200 pedidos e 3 produtos comparados; 2 diferiam e foram corrigidos\.$/,
    )
    expect(english.told('Sending is paused.')).toBe('Sending is paused.')
  })

  it('writes times, numbers and lengths as Brazilians do', () => {
    const brazilian = createLanguage({ locale: 'pt-BR', timeZone: 'America/Sao_Paulo' })
    const plain = (words: string) => words.replaceAll(/\s/g, ' ')
    expect(plain(brazilian.time('2026-07-01T01:02:03Z'))).toMatch(/^30 de jun\. de 2026.* 22:02:03 BRT$/)
    expect(plain(brazilian.date('2026-07-01T01:02:03Z'))).toBe('30 de jun. de 2026')
    expect(plain(brazilian.hour('2026-07-01T16:05:00Z'))).toBe('13:05')
    expect(brazilian.number(12_345)).toBe('12.345')
    expect(plain(brazilian.percent(0.9999))).toBe('99,9%')
    expect(plain(brazilian.short(12_345))).toBe('12,3 mil')
    expect(plain(brazilian.duration(90_000))).toBe('1,5 min')
    expect(brazilian.relative('2026-11-20T11:00:00Z', NOW)).toBe('ontem')
    expect(brazilian.list(['a', 'b', 'c'])).toBe('a, b e c')
  })

  it('keeps the region of a language that it speaks', () => {
    expect(createLanguage({ locale: 'en-GB', timeZone: 'UTC' }).date('2026-07-01T00:00:00Z')).toBe(
      '1 Jul 2026',
    )
  })
})
