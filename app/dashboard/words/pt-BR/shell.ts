import { type Translation } from '../message'
import { type shell as en } from '../en/shell'

/** O que fica em volta de cada página. */
export const shell: Translation<typeof en> = {
  'app.name': 'Parity',
  'app.tagline': 'O Parity mantém um SaaS em sincronia com uma loja Shopify, e prova isso.',
  'app.elsewhere': 'Ele não tem página própria aqui: abra-o pelos apps do admin da sua Shopify.',
  'nav.overview': 'Visão geral',
  'nav.failures': 'Falhas',
  'nav.activity': 'Atividade',
  'nav.settings': 'Configurações',
  'error.unknown.title': 'Não foi possível mostrar esta página',
  'error.unknown.body': 'O que chegou da sua loja está seguro. Só esta página está com problemas.',
  'error.document.title': 'Algo deu errado',
  'error.document.body':
    'Não foi possível mostrar a página. O que chegou está seguro; recarregue a página daqui a pouco.',
  'error.address.title': 'Esta página não existe',
  'error.address.body': 'Abra o Parity pelos apps do admin da sua Shopify.',
  'error.database.title': 'O Parity não consegue acessar o banco de dados',
  'error.database.body':
    'Nada se perde: a Shopify guarda o que não conseguiu entregar e envia de novo. Esta página volta sozinha.',
  'error.unreachable.title': 'O Parity não responde',
  'error.unreachable.body': 'Ele pode estar reiniciando, ou a sua conexão caiu. Esta página volta sozinha.',
  'error.trying': 'Tentando de novo a cada poucos segundos',
  'error.retry': 'Tentar agora',
  'error.missing.title': 'Esta página não existe',
  'error.missing.body': 'Ela pode ter sido excluída, ou pertence a outra loja.',
  'error.missing.action': 'Ir para Atividade',
  loading: 'Carregando',
}
