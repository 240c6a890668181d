import { type Translation } from '../message'
import { type forms as en } from '../en/forms'

/** O que é igual em todo formulário das configurações. */
export const forms: Translation<typeof en> = {
  'form.save': 'Salvar',
  'form.discard': 'Descartar',
  'form.saved': 'Salvo.',
  'form.cancel': 'Cancelar',
  'field.some': {
    one: 'Ainda não foi possível salvar: um campo precisa de outra olhada.',
    other: 'Ainda não foi possível salvar: {count} campos precisam de outra olhada.',
  },
  'field.INVALID': 'Não é isto que se espera aqui.',
  'field.MISSING': 'Este campo é necessário.',
  'field.TOO_LONG': 'É longo demais.',
  'field.TOO_SMALL': 'É baixo demais.',
  'field.TOO_LARGE': 'É alto demais.',
  'field.NOT_A_NUMBER': 'Escreva um número inteiro.',
}
