import { type Translation } from '../message'
import { type settings as en } from '../en/settings'

/** As configurações: a lista das seções, e a página da ligação. */
export const settings: Translation<typeof en> = {
  'settings.title': 'Configurações',
  'settings.connection.title': 'Ligação',
  'settings.connection.line': '{where}: {how}',
  'settings.mirror.title': 'O que é espelhado',
  'settings.mirror.none': 'Nada ainda',
  'settings.privacy.title': 'Dados pessoais',
  'settings.privacy.none': 'Nada é enviado ainda',
  'settings.alerts.title': 'Avisos',
}
