import { useState } from 'react'
import { type ConnectionSettings } from '../presenters/connection-settings.server'
import { CallLimitsCard } from './call-limits-card'
import { ConnectionCard } from './connection-card'
import { DisconnectCard } from './disconnect-card'
import { useLanguage } from './language-context'
import { PlaceCard } from './place-card'
import { isAnotherPlace, useConnectionForm } from './use-connection-form'
import { SettingsPage } from './settings-page'
import { SwitchModal } from './switch-modal'
import { TestEventCard } from './test-event-card'

/** Where a shop's records go, how fast, and whether they arrive. */
export function ConnectionSettingsPage({ settings }: { settings: ConnectionSettings }) {
  const { t } = useLanguage()
  const form = useConnectionForm(settings)
  const [isAsking, setAsking] = useState(false)
  const { connection, now, place } = settings
  // Where there is nothing to send, there is nothing to ask about.
  const asksFirst = isAnotherPlace(settings, form.values) && settings.toSend.length > 0
  return (
    <SettingsPage
      title={t('settings.connection.title')}
      form={form}
      onSave={() => (asksFirst ? setAsking(true) : form.save())}
      above={<ConnectionCard connection={connection} now={now} />}
      beside={
        <>
          {place !== 'none' && <TestEventCard connection={connection} />}
          {place !== 'none' && <DisconnectCard connection={connection} />}
          <SwitchModal
            settings={settings}
            isOpen={isAsking}
            onConfirm={form.save}
            onClose={() => setAsking(false)}
          />
        </>
      }
    >
      <PlaceCard settings={settings} form={form} />
      <CallLimitsCard form={form} />
    </SettingsPage>
  )
}
