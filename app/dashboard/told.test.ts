import { describe, expect, it } from 'vitest'
import { createTell } from './told'

const tell = createTell({
  sentences: {
    'Sending is paused.': 'O envio está pausado.',
    'The SaaS refused the record ({status})': 'O SaaS recusou o registro ({status})',
    'Correct the record in the store.': 'Corrija o registro na loja.',
    '{things} could not be read in full: {why} What was read is kept.':
      '{things} não puderam ser lidos por inteiro: {why} O que foi lido fica guardado.',
    'The export expired.': 'A exportação expirou.',
    'Compared {things}; {things2} differed.': '{things} comparados; {things2} diferiam.',
  },
  words: {
    products: 'produtos',
    Products: 'Produtos',
    orders: 'pedidos',
    and: 'e',
  },
  number: (value) => new Intl.NumberFormat('pt-BR').format(value),
})

describe('what a stage wrote down', () => {
  it('is told in the person’s language, sentence by sentence', () => {
    expect(tell('Sending is paused.')).toBe('O envio está pausado.')
    expect(tell('Sending is paused. The export expired.')).toBe('O envio está pausado. A exportação expirou.')
  })

  it('keeps the words of others as they are', () => {
    const words = 'The SaaS refused the record (422): price is missing. Correct the record in the store.'
    expect(tell(words)).toBe('O SaaS recusou o registro (422): price is missing. Corrija o registro na loja.')
    expect(tell('The SaaS refused the record (422): orders and products')).toBe(
      'O SaaS recusou o registro (422): orders and products',
    )
    expect(tell('It works!')).toBe('It works!')
    expect(tell('')).toBe('')
  })

  it('tells what is filled in, too, and a sentence inside another', () => {
    expect(tell('Products could not be read in full: The export expired. What was read is kept.')).toBe(
      'Produtos não puderam ser lidos por inteiro: A exportação expirou. O que foi lido fica guardado.',
    )
    expect(tell('Compared 12 products and 3 orders; 1,200 differed.')).toBe(
      '12 produtos e 3 pedidos comparados; 1.200 diferiam.',
    )
  })

  it('takes no part of a word for a whole one', () => {
    expect(tell('Compared ordersheets; 1 differed.')).toBe('ordersheets comparados; 1 diferiam.')
  })
})
