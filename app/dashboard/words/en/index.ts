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
import { recordPage } from './record-page'
import { privacy } from './privacy'
import { records } from './records'
import { recordsList } from './records-list'
import { runs } from './runs'
import { settings } from './settings'
import { shell } from './shell'
import { topics } from './topics'

/** Every word of the pages, in English. */
export const en = {
  ...shell,
  ...overview,
  ...connection,
  ...records,
  ...recordsList,
  ...recordPage,
  ...fields,
  ...activity,
  ...commands,
  ...failures,
  ...personalData,
  ...runs,
  ...forms,
  ...settings,
  ...alerts,
  ...mirror,
  ...privacy,
  ...topics,
}
