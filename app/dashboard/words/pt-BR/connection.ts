import { type Translation } from '../message'
import { type connection as en } from '../en/connection'

/** A conexão com o SaaS. */
export const connection: Translation<typeof en> = {
  'connection.title': 'Seu SaaS',
  'connection.address': 'Endereço',
  'connection.address.built_in': 'Embutido no Parity',
  'connection.dialect': 'Formato',
  'connection.policy': 'Dados pessoais',
  'connection.lastDelivered': 'Última entrega',
  'connection.lastDelivered.never': 'Nenhuma ainda',
  'connection.missing': 'Ainda não configurado',
  'connection.paused': 'Pausado por você',
  'connection.paused.body': 'Nada é enviado. As mudanças esperam aqui até você retomar.',
  'connection.pause': 'Pausar o envio',
  'connection.resume': 'Retomar o envio',
  'connection.state.connected': 'Conectado',
  'connection.state.refused': 'Chave não aceita',
  'connection.state.misdirected': 'Endereço errado',
  'connection.state.paused': 'Pausado pelo SaaS',
  'connection.state.unreachable': 'Sem resposta',
  'connection.state.not_connected': 'Não conectado',
  'dialect.unified': 'Formato de sincronização do Parity',
  'policy.none': 'Só um hash do e-mail',
  'policy.minimal': 'O nome e um hash do e-mail',
  'policy.full': 'Tudo, inclusive endereços',
  'platform.shopify': 'Shopify',
  'platform.woocommerce': 'WooCommerce',
  'platform.evershop': 'EverShop',
  'platform.hostaway': 'Hostaway',
  'platform.superfrete': 'SuperFrete',
}
