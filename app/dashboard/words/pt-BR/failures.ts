import { type Translation } from '../message'
import { type failures as en } from '../en/failures'

/** O que falhou, por motivo, e o que fazer. */
export const failures: Translation<typeof en> = {
  'failures.title': 'Falhas',
  'failures.subtitle': 'O que o seu SaaS não aceitou, por motivo. O Parity parou de tentar com estes.',
  'failures.total': {
    one: '{count} registro precisa que alguém olhe',
    other: '{count} registros precisam que alguém olhe',
  },
  'failures.empty.title': 'Nada falhou',
  'failures.empty.body':
    'Se o seu SaaS recusar um registro, ele aparece aqui com o motivo e com o que você pode fazer.',
  'failures.more': {
    one: 'Mais {count} motivo aparece quando alguns destes forem resolvidos.',
    other: 'Mais {count} motivos aparecem quando alguns destes forem resolvidos.',
  },
  'failure.todo': 'O que fazer',
  'failure.said': 'O que foi dito',
  'failure.code': 'Código: {code}',
  'failure.latest': { one: 'O registro', other: 'Os mais recentes de {count}' },
  'failure.all': 'Ver todos os {count}',
  'failure.replay': { one: 'Enviar de novo', other: 'Enviar todos os {count} de novo' },
  'failure.dismiss': { one: 'Dispensar', other: 'Dispensar todos os {count}' },
  'failure.dismiss.reason': 'Por que não precisam ser entregues',
  'failure.dismiss.help': 'Eles saem desta lista até o conteúdo mudar, ou até você enviá-los de novo.',
  'failure.dismiss.cancel': 'Manter aqui',
  'failure.title.invalid': 'O seu SaaS acha que falta algo neles ou que algo está errado',
  'failure.title.conflict': 'O seu SaaS já tem algo que os impede',
  'failure.title.too_large': 'São grandes demais para o seu SaaS',
  'failure.title.not_taken': 'O seu SaaS respondeu e não os aceitou',
  'failure.title.reference': 'Referem-se a algo que o seu SaaS não tem',
  'failure.title.unavailable': 'O seu SaaS não respondeu, ou esteve com problemas, por mais de um dia',
  'failure.title.unreadable': 'Não é possível abrir o que o Parity sabe deles',
  'failure.title.internal': 'O Parity não conseguiu prepará-los',
  'failure.title.refused': 'O seu SaaS os recusou',
  'failure.title.various': 'Vários outros motivos',
  'failure.todo.correct.product':
    'Abra o produto na sua loja, corrija o que o seu SaaS aponta e salve: ele é enviado de novo sozinho.',
  'failure.todo.correct.order':
    'Abra o pedido na sua loja e corrija o que o seu SaaS aponta: ele é enviado de novo sozinho. O que não se pode mudar em um pedido precisa ser aceito pelo seu SaaS; depois envie de novo aqui.',
  'failure.todo.correct.customer':
    'Abra o cliente na sua loja, corrija o que o seu SaaS aponta e salve: ele é enviado de novo sozinho.',
  'failure.todo.correct.category':
    'Abra a coleção na sua loja, corrija o que o seu SaaS aponta e salve: ela é enviada de novo sozinha.',
  'failure.todo.correct.message': 'Faça o seu SaaS aceitá-la e envie de novo.',
  'failure.todo.price':
    'Abra o produto na sua loja, dê um preço a ele e salve: ele é enviado de novo sozinho.',
  'failure.todo.email':
    'Dê ao cliente um e-mail válido na sua loja: ele é enviado de novo sozinho. Se todos falham, veja quais dados pessoais você deixa o Parity enviar.',
  'failure.todo.conflict':
    'Veja no seu SaaS o que já existe, como outro registro com o mesmo nome ou número. Mude um dos dois e envie de novo.',
  'failure.todo.too_large':
    'Diminua-os na sua loja, por exemplo encurtando uma descrição longa, ou peça um limite maior ao seu SaaS e envie de novo.',
  'failure.todo.reference':
    'Veja se o registro ao qual se referem também falhou, ou não é espelhado. Quando o seu SaaS o tiver, envie-os de novo.',
  'failure.todo.unavailable': 'Quando o seu SaaS estiver bem de novo, envie-os de novo.',
  'failure.todo.unreadable':
    'Confira se PARITY_ENCRYPTION_KEY contém a chave com que foram guardados, e envie-os de novo.',
  'failure.todo.internal':
    'Envie-os de novo. Se falharem outra vez, avise quem cuida do Parity: o log dele tem os detalhes.',
  'failure.todo.various': 'Veja o que o seu SaaS disse de cada um, abaixo e na página de cada um.',
}
