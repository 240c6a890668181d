import { type Translation } from '../message'
import { type commands as en } from '../en/commands'

/** O que se responde a um comando. */
export const commands: Translation<typeof en> = {
  'done.pause': 'O envio está pausado.',
  'done.resume': 'O envio continua.',
  'done.dismiss': {
    one: 'O registro foi dispensado.',
    other: '{count} registros foram dispensados.',
  },
  'done.retry': {
    one: '{count} registro é tentado agora.',
    other: '{count} registros são tentados agora.',
  },
  'done.replay-matching': {
    one: '{count} registro é enviado de novo.',
    other: '{count} registros são enviados de novo, um após o outro.',
  },
  'left.missing': { one: '{count} não existe mais.', other: '{count} não existem mais.' },
  'left.under_way': {
    one: '{count} está sendo enviado neste momento.',
    other: '{count} estão sendo enviados neste momento.',
  },
  'left.excluded': {
    one: '{count} fica de fora de propósito.',
    other: '{count} ficam de fora de propósito.',
  },
  'left.nothing_known': {
    one: 'De {count} ainda não se sabe nada que possa ser enviado.',
    other: 'De {count} ainda não se sabe nada que possa ser enviado.',
  },
  'left.not_dead': {
    one: '{count} não falhou, e fica.',
    other: '{count} não falharam, e ficam.',
  },
  'left.not_retrying': {
    one: '{count} não esperava outra tentativa.',
    other: '{count} não esperavam outra tentativa.',
  },
  'left.not_before': {
    one: '{count} continua esperando, pois o seu SaaS pediu isso ou precisa antes de outro registro.',
    other: '{count} continuam esperando, pois o seu SaaS pediu isso ou precisa antes de outros registros.',
  },
  'done.dismiss-group': {
    one: '{count} registro foi dispensado.',
    other: '{count} registros foram dispensados.',
  },
  'done.replay': {
    one: '{count} registro é enviado de novo.',
    other: '{count} registros são enviados de novo.',
  },
  'done.replay-event': 'Agora o evento foi entendido e tratado.',
  'done.replay-event.unmapped': 'O evento ainda não pôde ser entendido.',
  'done.replay-events': 'Os eventos desde então são repetidos, um após o outro.',
  'done.reconcile': 'A sua loja está sendo comparada, registro por registro.',
  'done.backfill': 'A sua loja está sendo trazida.',
  'done.cancel-run': 'Foi cancelado. O que foi lido fica.',
  'done.start-run-again': 'Começa de novo.',
  'done.confirm-run': 'Eles também são excluídos no seu SaaS.',
  'done.dismiss-notice': 'Não é mais mostrado.',
  'done.decline-run': 'Eles são mantidos.',
  'refused.RUN_UNDER_WAY': 'Isto já está em andamento.',
  'refused.RUN_MISSING': 'Esta execução não existe.',
  'refused.RUN_ENDED': 'Já terminou.',
  'refused.RUN_NOT_ASKING': 'Ela não pergunta mais nada.',
  'refused.RESOURCE_OUT_OF_REACH': 'O Parity não pode ler isto na sua loja.',
  'refused.SHOP_NOT_INSTALLED': 'O Parity não está mais instalado nesta loja.',
  'refused.SINCE_TO_COME': 'Essa hora ainda não chegou.',
  'refused.CONNECTION_MISSING': 'Essa conexão com um SaaS não existe.',
  'refused.RECORD_MISSING': 'Este registro não existe.',
  'refused.GROUP_MISSING': 'Nada mais falha por este motivo.',
  'refused.RECORD_UNDER_WAY': 'O registro está sendo enviado neste momento.',
  'refused.RECORD_EXCLUDED': 'O registro fica de fora de propósito.',
  'refused.RECORD_UNKNOWN': 'Ainda não se sabe nada do registro que possa ser enviado.',
  'refused.RECORD_NOT_DEAD': 'Só um registro que falhou pode ser dispensado.',
  'refused.RECORD_NOT_RETRYING': 'Só um registro que espera a próxima tentativa pode ser tentado agora.',
  'refused.RECORD_NOT_BEFORE': 'O seu SaaS pediu para esperar com este registro, ou precisa antes de outro.',
  'refused.EVENT_MISSING': 'Este evento não existe.',
  'refused.EVENT_MAPPED': 'Este evento já foi entendido.',
  'refused.SOURCE_MISSING': 'Não há loja que se possa ler.',
  'refused.RESOURCE_UNKNOWN': 'Não há este tipo de registro em uma loja.',
  'refused.RESOURCE_NOT_SELECTED': 'Registros deste tipo não são espelhados. Selecione-os primeiro.',
  'refused.PAYLOAD_FORGOTTEN': 'O conteúdo deste evento foi apagado, como pede o prazo de retenção.',
  'refused.REASON_MISSING': 'Diga por que o registro é dispensado.',
  'refused.REASON_TOO_LONG': 'O motivo é longo demais.',
  'refused.REASON_UNPRINTABLE': 'Um motivo é feito de palavras que se possam ler.',
}
