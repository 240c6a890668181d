import { type Translation } from '../message'
import { type mirror as en } from '../en/mirror'

/** O que é espelhado, e o que é removido do SaaS. */
export const mirror: Translation<typeof en> = {
  'mirror.about': 'Aquilo com que o seu SaaS é mantido em sincronia.',
  'mirror.what': 'Tipos de registro',
  'mirror.known': { one: '{count} registro', other: '{count} registros' },
  'mirror.stops': 'Estes não são mais enviados. O que o seu SaaS tem deles fica lá até você mandar remover.',
  'mirror.begins': 'A sua loja é lida de novo para estes, para que nada falte.',
  'mirror.nothing.title': 'Nada será espelhado',
  'mirror.nothing.body':
    'O Parity continua ouvindo a sua loja e não envia nada. Escolha ao menos um tipo para manter o seu SaaS em sincronia.',
  'mirror.tests': 'Pedidos de teste',
  'mirror.tests.include': 'Espelhar também os pedidos de teste',
  'mirror.tests.help': 'Os pedidos de teste que já foram enviados ficam no seu SaaS.',
  'mirror.tests.off': 'Pedidos não são espelhados.',
  'left.title': 'Ainda no seu SaaS',
  'left.about': 'Estes não são mais espelhados. O que foi enviado fica como estava, até você mandar remover.',
  'left.settling':
    'O Parity está passando pelos registros depois da sua última mudança. Os números vêm em instantes.',
  'left.kept': { one: '{count} registro foi enviado', other: '{count} registros foram enviados' },
  'left.failed': {
    one: '{count} não pôde ser excluído',
    other: '{count} não puderam ser excluídos',
  },
  'left.remove': 'Remover do seu SaaS',
  'left.remove.of': 'Remover {what} do seu SaaS',
  'remove.title': 'Remover {what} do seu SaaS?',
  'remove.body': {
    one: '{count} registro é excluído no seu SaaS. A sua loja não é tocada.',
    other: '{count} registros são excluídos no seu SaaS. A sua loja não é tocada.',
  },
  'remove.back':
    'Se você os espelhar de novo mais tarde, a sua loja é lida outra vez e todos são enviados de novo. O que o próprio seu SaaS acrescentou a eles pode se perder.',
  'remove.confirm': {
    one: 'Sim, excluir {count} registro no meu SaaS',
    other: 'Sim, excluir {count} registros no meu SaaS',
  },
  'remove.action': 'Remover',
  'removal.title': 'Removendo do seu SaaS: {what}',
  'removal.counts': {
    one: '{done} de {count} registro excluído',
    other: '{done} de {count} registros excluídos',
  },
  'removal.failed': {
    one: '{count} não pôde ser excluído.',
    other: '{count} não puderam ser excluídos.',
  },
  'removal.failures': 'Ver por quê',
  'removal.cancel': 'Parar de remover',
  'ended.removal': 'Remoção do seu SaaS',
  'done.remove-resource': 'Eles estão sendo removidos do seu SaaS.',
  'done.cancel-removal': 'Parou. O que o seu SaaS ainda tem fica lá.',
  'refused.RESOURCE_SELECTED': 'Estes são espelhados. Pare de espelhá-los primeiro.',
  'refused.REMOVAL_UNDER_WAY': 'Eles já estão sendo removidos.',
  'field.CONFIRM_FIRST': 'Confirme primeiro que eles devem ser excluídos.',
}
