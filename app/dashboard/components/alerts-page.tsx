import { Badge, Banner, BlockStack, FormLayout, List, Text, TextField } from '@shopify/polaris'
import { type AlertsPageView, type NoticeRow } from '../presenters/alerts-page.server'
import { isWordKey, type Language } from '../language'
import { CommandButton } from './command-button'
import { Code } from './facts'
import { useLanguage } from './language-context'
import { Moment } from './moment'
import { SettingsPage } from './settings-page'
import { Cell, Row, Table } from './table'
import { TableCard } from './table-card'
import { TitledCard } from './titled-card'
import { useCommand } from './use-command'
import { type SettingsForm, useSettingsForm } from './use-settings-form'

const RENEW = 'renew the signing secret'

// A type, not an interface: the form takes records of values.
type AlertValues = { email: string; webhook: string; failures: string }

/** Who is told when something is wrong, how, and what was told lately. */
export function AlertsPage({ view, sendsMail }: { view: AlertsPageView; sendsMail: boolean }) {
  const language = useLanguage()
  const { t, locale } = language
  const form = useSettingsForm<AlertValues>({
    key: 'alerts',
    saved: { email: view.email, webhook: view.webhookUrl, failures: String(view.failuresFrom) },
    command: (values) => ({ intent: 'save-alerts', ...values, locale }),
  })
  const renewed = useCommand(RENEW).answer
  return (
    <SettingsPage
      title={t('settings.alerts.title')}
      subtitle={t('alerts.about')}
      form={form}
      beside={<Beside view={view} />}
    >
      {[form.answer, renewed].map(
        (answer, index) => answer?.ok && answer.secret && <Secret key={index} secret={answer.secret} />,
      )}
      <Where form={form} sendsMail={sendsMail} />
      <When form={form} />
    </SettingsPage>
  )
}

function Where({ form, sendsMail }: { form: SettingsForm<AlertValues>; sendsMail: boolean }) {
  const { t } = useLanguage()
  return (
    <TitledCard title={t('alerts.where')}>
      <FormLayout>
        <TextField
          label={t('alerts.email')}
          type="email"
          autoComplete="email"
          disabled={!sendsMail && form.values.email === ''}
          helpText={t(sendsMail ? 'alerts.email.help' : 'alerts.email.off')}
          {...form.field('email')}
        />
        <TextField
          label={t('alerts.webhook')}
          type="url"
          inputMode="url"
          autoComplete="off"
          placeholder="https://"
          helpText={t('alerts.webhook.help')}
          {...form.field('webhook')}
        />
      </FormLayout>
    </TitledCard>
  )
}

function When({ form }: { form: SettingsForm<AlertValues> }) {
  const { t } = useLanguage()
  return (
    <TitledCard title={t('alerts.when')}>
      <BlockStack gap="400">
        <List>
          <List.Item>{t('alerts.when.connection')}</List.Item>
          <List.Item>{t('alerts.when.failures')}</List.Item>
        </List>
        <TextField
          label={t('alerts.failures')}
          type="number"
          min={1}
          autoComplete="off"
          helpText={t('alerts.failures.help')}
          {...form.field('failures')}
        />
      </BlockStack>
    </TitledCard>
  )
}

/** The one time that the secret can be read. */
function Secret({ secret }: { secret: string }) {
  const { t } = useLanguage()
  return (
    <Banner tone="info" title={t('alerts.secret.title')}>
      <BlockStack gap="200">
        <Text as="p">{t('alerts.secret.body')}</Text>
        <Code>{secret}</Code>
      </BlockStack>
    </Banner>
  )
}

function Beside({ view }: { view: AlertsPageView }) {
  const { t } = useLanguage()
  const hasAny = view.email !== '' || view.webhookUrl !== ''
  return (
    <BlockStack gap="400">
      <TitledCard title={t('alerts.test')}>
        {hasAny ? (
          <CommandButton name="test alert" words={t('alerts.test')} fields={{ intent: 'test-alert' }} />
        ) : (
          <Text as="p" tone="subdued">
            {t('alerts.test.none')}
          </Text>
        )}
        {view.webhookUrl !== '' && (
          <CommandButton
            name={RENEW}
            words={t('alerts.secret.renew')}
            fields={{ intent: 'renew-alert-secret' }}
          />
        )}
      </TitledCard>
      <LatestAlerts view={view} />
    </BlockStack>
  )
}

function LatestAlerts({ view: { notices, now } }: { view: AlertsPageView }) {
  const language = useLanguage()
  const { t } = language
  const columns = [
    { label: t('alerts.column.what'), width: 'minmax(8rem, 2fr)' },
    { label: t('alerts.column.by'), width: '5rem' },
    { label: t('alerts.column.when'), width: '7rem' },
    { label: t('alerts.column.state'), width: 'minmax(6rem, 1fr)' },
  ]
  return (
    <TableCard title={t('alerts.latest')} empty={notices.length > 0 ? null : t('alerts.latest.none')}>
      <Table label={t('alerts.latest')} columns={columns}>
        {notices.map((notice) => (
          <Row key={notice.id}>
            <Cell wide>{subjectWords(language, notice)}</Cell>
            <Cell>{t(`alerts.by.${notice.channel}`)}</Cell>
            <Cell>
              <Moment at={notice.madeAt} now={now} />
            </Cell>
            <Cell wide>
              <NoticeState notice={notice} />
            </Cell>
          </Row>
        ))}
      </Table>
    </TableCard>
  )
}

function NoticeState({ notice: { state, code } }: { notice: NoticeRow }) {
  const language = useLanguage()
  const tone = TONES[state]
  return (
    <BlockStack gap="050" inlineAlign="start">
      <Badge {...(tone ? { tone } : {})}>{language.t(`alerts.state.${state}`)}</Badge>
      {code && (
        <Text as="span" variant="bodySm" tone="subdued">
          {codeWords(language, code)}
        </Text>
      )}
    </BlockStack>
  )
}

const TONES: Record<NoticeRow['state'], 'success' | 'critical' | 'attention' | null> = {
  sent: 'success',
  waiting: null,
  retrying: 'attention',
  failed: 'critical',
}

function subjectWords({ t }: Language, { subject, kind }: NoticeRow): string {
  return subject === 'test' || kind === null
    ? t('alerts.subject.test')
    : t(`alerts.subject.${subject}.${kind}`)
}

function codeWords({ t }: Language, code: string): string {
  const key = `alerts.code.${code}`
  return isWordKey(key) ? t(key) : t('alerts.code.other', { code })
}
