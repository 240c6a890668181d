import { activity } from './activity'
import { commands } from './commands'
import { connection } from './connection'
import { overview } from './overview'
import { records } from './records'
import { shell } from './shell'
import { topics } from './topics'

/** Every word of the pages, in English. */
export const en = { ...shell, ...overview, ...connection, ...records, ...activity, ...commands, ...topics }
