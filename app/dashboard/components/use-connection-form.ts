import { type CommandFields } from '../commands/command'
import { type ConnectedPlace, type ConnectionSettings } from '../presenters/connection-settings.server'
import { type SettingsForm, useSettingsForm } from './use-settings-form'

/** What a person sets on the page of the connection, as it stands in the fields. */
export type ConnectionValues = {
  place: ConnectedPlace
  address: string
  dialect: string
  /** What is typed; what is set is never shown. */
  apiKey: string
  /** Whether another key at the same address opens the same account. */
  account: 'same' | 'other'
  callsPerSecond: string
  concurrency: string
}

export type ConnectionForm = SettingsForm<ConnectionValues>

/** The form of the connection. */
export function useConnectionForm(settings: ConnectionSettings): ConnectionForm {
  const saved: ConnectionValues = {
    place: settings.place,
    address: settings.address,
    dialect: settings.dialect,
    apiKey: '',
    account: 'same',
    callsPerSecond: settings.callsPerSecond === null ? '' : String(settings.callsPerSecond),
    concurrency: String(settings.concurrency),
  }
  return useSettingsForm<ConnectionValues>({
    key: 'save-connection',
    saved,
    command: (values) => commandOf(settings.connection.id, saved, values),
  })
}

/** Whether a key for the address that is set already is typed: then it may open another account. */
export function isKeyReplaced({ address }: ConnectionSettings, values: ConnectionValues): boolean {
  return values.apiKey !== '' && address !== '' && isSameAddress(values.address, address)
}

/** Whether records would go to a place that has had none of them, as far as the page can tell. */
export function isAnotherPlace(settings: ConnectionSettings, values: ConnectionValues): boolean {
  if (values.place !== 'own') return values.place !== settings.place && values.place !== placeBefore(settings)
  if (!isSameAddress(values.address, settings.address)) return true
  return isKeyReplaced(settings, values) && values.account === 'other'
}

/** Where records went before, also when they go nowhere now. */
function placeBefore({ place, connection, address }: ConnectionSettings): ConnectedPlace {
  if (place !== 'none') return place
  if (address !== '') return 'own'
  return connection.address?.kind === 'built_in' ? 'built_in' : 'environment'
}

function commandOf(connection: string, saved: ConnectionValues, values: ConnectionValues): CommandFields {
  const { place, address, dialect, apiKey, account, callsPerSecond, concurrency } = values
  const own = { address, dialect, apiKey, account }
  const isPlaced = place !== saved.place || (place === 'own' && isChanged(own, saved))
  return {
    intent: 'save-connection',
    connection,
    callsPerSecond,
    concurrency,
    ...(isPlaced ? { place, ...(place === 'own' ? own : {}) } : { place: 'as_it_is' }),
  }
}

function isChanged(own: Partial<ConnectionValues>, saved: ConnectionValues): boolean {
  return (Object.keys(own) as (keyof ConnectionValues)[]).some((name) => own[name] !== saved[name])
}

function isSameAddress(one: string, other: string): boolean {
  const bare = (address: string) =>
    address
      .trim()
      .replace(/^https:\/\//i, '')
      .replace(/\/+$/, '')
  return bare(one) === bare(other)
}
