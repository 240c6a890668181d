import { type Translation } from '../message'
import { type privacy as en } from '../en/privacy'

/** Quais dados pessoais saem, e por quanto tempo fica guardado o que se guarda. */
export const privacy: Translation<typeof en> = {
  'privacy.about': 'O que o seu SaaS fica sabendo dos seus clientes, e por quanto tempo o Parity lembra.',
  'privacy.policy': 'O que pode sair',
  'privacy.policy.none': 'Nenhum dado pessoal',
  'privacy.policy.none.help':
    'Só um hash do e-mail: o seu SaaS pode distinguir os clientes, mas não saber quem são.',
  'privacy.policy.minimal': 'Só o nome',
  'privacy.policy.minimal.help': 'O nome do cliente, e um hash do e-mail.',
  'privacy.policy.full': 'Tudo',
  'privacy.policy.full.help': 'Também o e-mail, o telefone, o nome, a observação e os endereços.',
  'privacy.down':
    'O que não pode mais sair é esvaziado no seu SaaS: os registros que o tinham são enviados de novo sem ele.',
  'privacy.up':
    'A sua loja é lida de novo para clientes e pedidos, para trazer o que antes não era guardado.',
  'privacy.preview.customer': 'O que sai de um cliente',
  'privacy.preview.order': 'O que sai de um pedido',
  'privacy.preview.own':
    'Feito a partir do que mudou por último na sua loja. Dos valores só se mostra a forma.',
  'privacy.preview.example': 'Feito a partir de um exemplo: ainda não há nenhum seu.',
  'privacy.preview.others': 'Com qualquer escolha, estes também saem: {fields}.',
  'privacy.column.field': 'Campo',
  'privacy.column.value': 'Valor',
  'privacy.example': 'exemplo',
  'privacy.empty': 'Vazio',
  'privacy.leaving.sent': 'Enviado',
  'privacy.leaving.hash': 'Como hash',
  'privacy.leaving.not_sent': 'Não enviado',
  'privacy.field.display_name': 'Nome',
  'privacy.field.email_hash': 'E-mail, como hash',
  'privacy.field.pii.email': 'E-mail',
  'privacy.field.pii.phone': 'Telefone',
  'privacy.field.pii.first_name': 'Nome',
  'privacy.field.pii.last_name': 'Sobrenome',
  'privacy.field.pii.note': 'Observação',
  'privacy.field.pii.addresses': 'Endereços',
  'privacy.keep': 'Por quanto tempo o Parity lembra',
  'privacy.keep.about':
    'O que é mais antigo é apagado aqui em poucos minutos. O seu SaaS e a sua loja não são tocados.',
  'privacy.keep.payloadDays': 'Conteúdos dos eventos',
  'privacy.keep.payloadDays.help':
    'O que a sua loja contou por inteiro, inclusive dados pessoais. De {least} a {most} dias.',
  'privacy.keep.historyDays': 'Eventos e entregas',
  'privacy.keep.historyDays.help':
    'O que chegou e o que foi enviado, sem os conteúdos. De {least} a {most} dias.',
  'privacy.keep.statisticDays': 'Estatísticas',
  'privacy.keep.statisticDays.help': 'Números para os gráficos. De {least} a {most} dias.',
  'privacy.keep.days': 'dias',
  'privacy.confirm.title': 'Mudar o que pode sair?',
  'privacy.confirm.action': 'Mudar',
  'privacy.confirm.from_to': 'De “{from}” para “{to}”.',
  'field.LONGER_THAN_HISTORY': 'Os conteúdos não podem ficar guardados por mais tempo que os eventos deles.',
}
