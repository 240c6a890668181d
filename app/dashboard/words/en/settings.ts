import { type Words } from '../message'

/** The settings: the list of their sections, and the page of the connection. */
export const settings = {
  'settings.title': 'Settings',
  'settings.connection.title': 'Connection',
  'settings.connection.line': '{where}: {how}',
  'settings.mirror.title': 'What is mirrored',
  'settings.mirror.none': 'Nothing yet',
  'settings.privacy.title': 'Personal data',
  'settings.privacy.none': 'Nothing is sent yet',
  'settings.alerts.title': 'Alerts',
} as const satisfies Words
