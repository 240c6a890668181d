import { activity } from './activity'
import { alerts } from './alerts'
import { commands } from './commands'
import { connection } from './connection'
import { failures } from './failures'
import { fields } from './fields'
import { forms } from './forms'
import { mirror } from './mirror'
import { overview } from './overview'
import { personalData } from './personal-data'
import { privacy } from './privacy'
import { recordPage } from './record-page'
import { records } from './records'
import { recordsList } from './records-list'
import { runs } from './runs'
import { settings } from './settings'
import { shell } from './shell'
import { topics } from './topics'

/** Todas as palavras das páginas, em português do Brasil. */
export const ptBR = {
  ...shell,
  ...overview,
  ...connection,
  ...records,
  ...recordsList,
  ...recordPage,
  ...fields,
  ...failures,
  ...activity,
  ...runs,
  ...personalData,
  ...commands,
  ...forms,
  ...settings,
  ...mirror,
  ...privacy,
  ...alerts,
  ...topics,
}
