import { Link } from '@remix-run/react'
import { BlockStack, Box, Card, Page, Text } from '@shopify/polaris'
import { type Language } from '../language'
import { type SettingsSummary } from '../presenters/settings.server'
import styles from './settings.module.css'
import { useLanguage } from './language-context'

/** The sections of the settings, each with what is set now. */
export function SettingsList({ settings }: { settings: SettingsSummary }) {
  const language = useLanguage()
  const { t } = language
  return (
    <Page title={t('settings.title')}>
      <Card padding="0">
        <ul className={styles.sections}>
          {SECTIONS.map(({ name, line }) => (
            <li key={name}>
              <Link className={styles.section} to={`/app/settings/${name}`}>
                <BlockStack gap="050">
                  <Text as="h2" variant="headingSm">
                    {t(`settings.${name}.title`)}
                  </Text>
                  <Text as="p" tone="subdued">
                    {line(language, settings)}
                  </Text>
                </BlockStack>
              </Link>
            </li>
          ))}
        </ul>
      </Card>
      <Box paddingBlockEnd="800" />
    </Page>
  )
}

interface Section {
  /** The last part of its page's address. */
  name: 'connection' | 'mirror' | 'privacy' | 'alerts'
  /** What is set now, in one line. */
  line(language: Language, settings: SettingsSummary): string
}

const SECTIONS: Section[] = [
  { name: 'connection', line: connectionLine },
  { name: 'mirror', line: mirrorLine },
  {
    name: 'privacy',
    line: ({ t }, { connection }) =>
      t(connection ? `policy.${connection.piiPolicy}` : 'settings.privacy.none'),
  },
  { name: 'alerts', line: alertsLine },
]

function connectionLine({ t }: Language, { connection }: SettingsSummary): string {
  if (!connection || connection.state === 'not_connected') return t('connection.state.not_connected')
  const { address, state, pausedAt } = connection
  const where = address?.kind === 'host' ? address.host : t('connection.address.built_in')
  const how = t(pausedAt ? 'connection.paused' : `connection.state.${state}`)
  return t('settings.connection.line', { where, how })
}

function alertsLine({ t, list }: Language, { alertsBy }: SettingsSummary): string {
  return alertsBy.length === 0 ? t('alerts.line.none') : list(alertsBy.map((by) => t(`alerts.by.${by}`)))
}

function mirrorLine({ t, list }: Language, { connection }: SettingsSummary): string {
  const names = (connection?.resources ?? []).map((resource) => t(`resource.${resource}`))
  return names.length === 0 ? t('settings.mirror.none') : list(names)
}
