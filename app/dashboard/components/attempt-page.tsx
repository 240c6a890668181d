import { Link } from '@remix-run/react'
import { BlockStack, Box, Layout, Page, Text } from '@shopify/polaris'
import { type Language } from '../language'
import { type AttemptPage as AttemptPageData, type CarriedEvent } from '../presenters/attempt-page.server'
import { recordName } from '../record-name'
import { AttemptBadge } from './badges'
import styles from './dashboard.module.css'
import { Code, Facts } from './facts'
import { useLanguage } from './language-context'
import { ExactTime, Moment } from './moment'
import { RecordCard } from './record-card'
import { TitledCard } from './titled-card'

/** One call to the SaaS: what came of it, what it said, its record, and the event behind it. */
export function AttemptPage({ attempt }: { attempt: AttemptPageData }) {
  const language = useLanguage()
  const { t } = language
  const { record, now } = attempt
  return (
    <Page
      title={t('attempt.title')}
      {...(record ? { subtitle: recordName(language, record) } : {})}
      backAction={{ content: t('event.back'), url: '/app/activity?show=attempts' }}
      titleMetadata={<AttemptBadge outcome={attempt.outcome} />}
    >
      <Layout>
        <Layout.Section>
          <BlockStack gap="400">
            <TitledCard title={t('attempt.what')}>
              <Text as="p">{t(`attempt.meaning.${attempt.outcome}`)}</Text>
              {attempt.detail && <Said words={attempt.detail} />}
            </TitledCard>
            <TitledCard title={t('attempt.facts')}>
              <Facts facts={factsOf(language, attempt)} />
            </TitledCard>
          </BlockStack>
        </Layout.Section>
        <Layout.Section variant="oneThird">
          <BlockStack gap="400">
            <RecordCard record={record} now={now} none={t('record.none')} />
            <EventsBehind events={attempt.events} now={now} />
          </BlockStack>
        </Layout.Section>
      </Layout>
      <Box paddingBlockEnd="800" />
    </Page>
  )
}

function Said({ words }: { words: string }) {
  const { t, told } = useLanguage()
  return (
    <BlockStack gap="100">
      <Text as="p" variant="bodySm" tone="subdued">
        {t('attempt.said')}
      </Text>
      <blockquote className={styles.quote}>{told(words)}</blockquote>
    </BlockStack>
  )
}

function EventsBehind({ events, now }: { events: CarriedEvent[]; now: string }) {
  const language = useLanguage()
  return (
    <TitledCard title={language.t('attempt.events')}>
      {events.length === 0 && (
        <Text as="p" tone="subdued">
          {language.t('attempt.events.none')}
        </Text>
      )}
      {events.map((event) => (
        <BlockStack key={event.id} gap="050">
          <Link className={styles.rowLink} to={`/app/activity/events/${event.id}`}>
            {language.topic(event.topic)}
          </Link>
          <Text as="p" variant="bodySm" tone="subdued">
            <Moment at={event.receivedAt} now={now} />
          </Text>
        </BlockStack>
      ))}
    </TitledCard>
  )
}

function factsOf(language: Language, attempt: AttemptPageData) {
  const { t, number, duration } = language
  const { startedAt, endedAt, code } = attempt
  const took = endedAt ? duration(Date.parse(endedAt) - Date.parse(startedAt)) : t('attempt.took.open')
  return [
    { name: t('attempt.started'), value: <ExactTime at={startedAt} /> },
    { name: t('attempt.took'), value: took },
    {
      name: t('attempt.status'),
      value: attempt.httpStatus === null ? t('attempt.status.none') : String(attempt.httpStatus),
    },
    ...(code ? [{ name: t('attempt.code'), value: <Code>{code}</Code> }] : []),
    { name: t('attempt.number'), value: number(attempt.number) },
    { name: t('attempt.action'), value: t(`action.${attempt.action}`) },
    { name: t('attempt.revision'), value: <Code>{attempt.revision}</Code> },
    { name: t('attempt.trace'), value: <Code>{attempt.traceId}</Code> },
  ]
}
