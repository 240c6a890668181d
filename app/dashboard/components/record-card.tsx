import { Link } from '@remix-run/react'
import { BlockStack, InlineStack, Text } from '@shopify/polaris'
import { type Language } from '../language'
import { type RecordView } from '../presenters/record-view.server'
import { recordName } from '../record-name'
import { RecordBadge } from './badges'
import { CommandButton } from './command-button'
import styles from './dashboard.module.css'
import { DismissForm } from './dismiss-form'
import { Facts } from './facts'
import { useLanguage } from './language-context'
import { Moment } from './moment'
import { TitledCard } from './titled-card'

/** A record and how it stands now. */
export function RecordCard({ record, now, none }: { record: RecordView | null; now: string; none: string }) {
  const { t } = useLanguage()
  return (
    <TitledCard title={t('event.record')}>
      {record ? (
        <KnownRecord record={record} now={now} />
      ) : (
        <Text as="p" tone="subdued">
          {none}
        </Text>
      )}
    </TitledCard>
  )
}

function KnownRecord({ record, now }: { record: RecordView; now: string }) {
  const language = useLanguage()
  return (
    <BlockStack gap="300">
      <InlineStack align="space-between" blockAlign="center" gap="200">
        <Link className={styles.rowLink} to={`/app/records/${record.id}`}>
          {recordName(language, record)}
        </Link>
        <RecordBadge state={record.state} />
      </InlineStack>
      <Facts facts={recordFacts(language, record, now)} />
      <RecordActions record={record} />
    </BlockStack>
  )
}

/** When the SaaS took it last, when it is tried next, and why it stands where it does. */
export function recordFacts({ t, told }: Language, { reason, deliveredAt, dueAt }: RecordView, now: string) {
  return [
    {
      name: t('record.delivered'),
      value: deliveredAt ? <Moment at={deliveredAt} now={now} /> : t('record.never'),
    },
    ...(dueAt
      ? [{ name: t('record.next'), value: <Moment at={dueAt > now ? dueAt : now} now={now} /> }]
      : []),
    ...(reason ? [{ name: t('record.reason'), value: told(reason) }] : []),
  ]
}

/** What a person can do with a record. */
export function RecordActions({ record }: { record: RecordView }) {
  const { t } = useLanguage()
  return (
    <>
      <CommandButton
        name={`replay ${record.id}`}
        words={t('record.replay')}
        fields={{ intent: 'replay', id: record.id }}
        isPossible={record.canBeSent}
      />
      <DismissForm id={record.id} isPossible={record.state === 'dead'} />
    </>
  )
}
