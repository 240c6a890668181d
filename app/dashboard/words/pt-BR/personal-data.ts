import { type Translation } from '../message'
import { type personalData as en } from '../en/personal-data'

/** Mostrar dados pessoais, e quem já os viu. */
export const personalData: Translation<typeof en> = {
  'personal.show': 'Mostrar dados pessoais',
  'personal.hide': 'Ocultar dados pessoais',
  'personal.logged': 'Mostrados só para você até sair desta página. Ficou anotado que você os viu.',
  'personal.VIEW_NOT_PERMITTED':
    'As suas permissões na Shopify não incluem estes dados pessoais. Quem gerencia os usuários da sua loja pode mudar isso.',
  'personal.VIEW_MISSING': 'Não há nada aqui que se possa mostrar.',
  'personal.VIEW_INVALID': 'Não é possível mostrar isto do modo como foi pedido.',
  'personal.VIEW_UNPROVEN': 'Abra o Parity pelo admin da sua Shopify e tente de novo.',
  'personal.other':
    'Não foi possível perguntar à Shopify se você pode ver isto. Tente de novo daqui a pouco.',
  'views.title': 'Quem viu dados pessoais',
  'views.person': 'Pessoa {id}',
  'views.event': 'Evento',
  'views.column.who': 'Quem',
  'views.column.what': 'O quê',
  'views.empty.title': 'Ninguém pediu para ver dados pessoais',
  'views.empty.body':
    'O Parity oculta dados pessoais. Sempre que alguém pede para vê-los, isso fica anotado aqui por mais de um ano.',
  'views.hint': 'Os números são os dos seus usuários na Shopify.',
}
