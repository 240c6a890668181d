import { activity } from './activity'
import { alerts } from './alerts'
import { commands } from './commands'
import { connection } from './connection'
import { forms } from './forms'
import { overview } from './overview'
import { records } from './records'
import { settings } from './settings'
import { shell } from './shell'
import { topics } from './topics'

/** Todas as palavras das páginas, em português do Brasil. */
export const ptBR = {
  ...shell,
  ...overview,
  ...connection,
  ...records,
  ...activity,
  ...commands,
  ...forms,
  ...settings,
  ...alerts,
  ...topics,
}
