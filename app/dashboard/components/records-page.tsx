import { useNavigate, useNavigation } from '@remix-run/react'
import { Box, Card, InlineStack, Page, Pagination, Tabs, Text } from '@shopify/polaris'
import { type RecordRow } from '../presenters/record-rows.server'
import { type RecordsView } from '../presenters/records.server'
import { keepSearch } from '../kept-search'
import { onTab, RECORDS_TABS, recordsAddress, type RecordsQuery, tabOf } from '../records-query'
import dashboard from './dashboard.module.css'
import { useLanguage } from './language-context'
import { PersonalDataButton } from './personal-data-button'
import { RecordsActions } from './records-actions'
import { RecordsEmpty } from './records-empty'
import { RecordsFilters } from './records-filters'
import { RecordsSearch } from './records-search'
import { RecordsTable } from './records-table'
import styles from './records.module.css'
import { useLive } from './use-live'
import { usePersonalData } from './use-personal-data'
import { useSelection } from './use-selection'

/** Every record, where it stands, and what can be done with many of them. */
export function RecordsPage({ records }: { records: RecordsView }) {
  const { t, short } = useLanguage()
  const navigate = useNavigate()
  const { query, counts } = records
  const show = (changed: RecordsQuery) => navigate(recordsAddress(changed), { preventScrollReset: true })
  const tabs = RECORDS_TABS.map((tab) => ({
    id: tab,
    content: t(`records.tab.${tab}`),
    badge: short(counts[tab]),
    panelID: `${tab}-panel`,
  }))
  return (
    <Page title={t('records.title')} subtitle={t('records.subtitle')}>
      <Card padding="0">
        <div className={styles.tabs}>
          <Tabs
            tabs={tabs}
            selected={RECORDS_TABS.indexOf(tabOf(query))}
            onSelect={(index) => show(onTab(query, RECORDS_TABS[index] ?? 'all'))}
          >
            <RecordsSearch
              search={query.search}
              onSearch={(search) => show({ ...query, search, searchKey: keepSearch(search), place: null })}
            />
            <RecordsFilters records={records} onChange={show} />
            <RecordsList records={records} />
          </Tabs>
        </div>
      </Card>
      <Box paddingBlockEnd="800" />
    </Page>
  )
}

function RecordsList({ records }: { records: RecordsView }) {
  const pending = useNavigation().state === 'loading'
  const { query, rows, now } = records
  const selection = useSelection(
    recordsAddress(query),
    rows.map(({ id }) => id),
  )
  const persons = rows.flatMap(({ id, resource }) => (resource === 'customer' ? [id] : []))
  const personal = usePersonalData('records', persons, recordsAddress(query))
  // What is selected must not move away under the hand.
  useLive(!selection.isEmpty)
  return (
    <div className={pending ? dashboard.pending : undefined} aria-busy={pending}>
      {records.hasRecords && <RecordsActions records={records} selection={selection} />}
      {rows.length === 0 ? (
        <RecordsEmpty records={records} />
      ) : (
        <RecordsTable rows={withNames(rows, personal.shown?.names)} now={now} selection={selection} />
      )}
      <Neighbours records={records} />
      {persons.length > 0 && (
        <Box padding="300">
          <PersonalDataButton data={personal} />
        </Box>
      )}
    </div>
  )
}

/** The rows with the names that were shown in full. */
function withNames(rows: RecordRow[], names: Record<string, string> = {}): RecordRow[] {
  return rows.map((row) => ({ ...row, name: names[row.id] ?? row.name }))
}

function Neighbours({ records: { newer, older, isPartial, query } }: { records: RecordsView }) {
  const { t } = useLanguage()
  const navigate = useNavigate()
  if (!newer && !older && !isPartial) return null

  return (
    <Box padding="300" borderBlockStartWidth="025" borderColor="border-secondary">
      <InlineStack gap="300" blockAlign="center">
        {(newer ?? older) && (
          <Pagination
            accessibilityLabel={t('records.pages')}
            hasPrevious={newer !== null}
            hasNext={older !== null}
            onPrevious={() => navigate(recordsAddress({ ...query, place: newer }))}
            onNext={() => navigate(recordsAddress({ ...query, place: older }))}
            accessibilityLabels={{ previous: t('records.previous'), next: t('records.next') }}
          />
        )}
        {isPartial && (
          <Text as="p" tone="subdued">
            {t(query.search === '' ? 'records.partly.filter' : 'records.partly.search')}
          </Text>
        )}
      </InlineStack>
    </Box>
  )
}
