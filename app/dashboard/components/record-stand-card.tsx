import { Text } from '@shopify/polaris'
import { type RecordView } from '../presenters/record-view.server'
import { RecordActions, recordFacts } from './record-card'
import { Facts } from './facts'
import { useLanguage } from './language-context'
import { TitledCard } from './titled-card'

/** Where a record stands, in words, and what a person can do about it. */
export function RecordStandCard({ record, now }: { record: RecordView; now: string }) {
  const language = useLanguage()
  const { t } = language
  return (
    <TitledCard title={t('recordPage.stand')}>
      <Text as="p">{t(`recordPage.state.${record.state}`)}</Text>
      <Facts facts={recordFacts(language, record, now)} />
      <RecordActions record={record} />
    </TitledCard>
  )
}
