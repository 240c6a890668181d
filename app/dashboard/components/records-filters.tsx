import { Button, Select } from '@shopify/polaris'
import { type Resource } from '~/contracts/resource'
import { type RecordState } from '~/contracts/states'
import { type RecordsView } from '../presenters/records.server'
import { isNarrowed, onTab, type RecordsQuery, type RecordsSort, tabOf, UNDER_WAY } from '../records-query'
import { useLanguage } from './language-context'
import styles from './records.module.css'

const ALL = ''
const RESOURCES: Resource[] = ['order', 'product', 'customer', 'category', 'message']
const SORTS: RecordsSort[] = ['newest', 'oldest']

interface FiltersProps {
  records: RecordsView
  onChange(query: RecordsQuery): void
}

/** Narrows and sorts the list; what is chosen stands in the URL. */
export function RecordsFilters({ records, onChange }: FiltersProps) {
  const { t } = useLanguage()
  const { query } = records
  const choose = (changed: Partial<RecordsQuery>) => onChange({ ...query, ...changed, place: null })
  const resources = [
    { label: t('activity.filter.resource.all'), value: ALL },
    ...RESOURCES.map((resource) => ({ label: t(`resource.${resource}`), value: resource })),
  ]
  return (
    <div className={styles.filters}>
      <Select
        label={t('activity.filter.resource')}
        options={resources}
        value={query.resource ?? ALL}
        onChange={(value: Resource | '') => choose({ resource: value === ALL ? null : value, why: null })}
      />
      <TabFilter records={records} onChange={onChange} />
      <Select
        label={t('records.sort')}
        options={SORTS.map((value) => ({ label: t(`records.sort.${value}`), value }))}
        value={query.sort}
        onChange={(sort: RecordsSort) => choose({ sort })}
      />
      {isNarrowed(query) && (
        <Button
          size="large"
          onClick={() => choose({ ...onTab(query, tabOf(query)), resource: null, search: '', searchKey: '' })}
        >
          {t('activity.filter.clear')}
        </Button>
      )}
    </div>
  )
}

/** What narrows the records of this tab: where they stand, or why. */
function TabFilter({ records, onChange }: FiltersProps) {
  switch (tabOf(records.query)) {
    case 'under_way':
      return <StateFilter records={records} onChange={onChange} />
    case 'dead':
    case 'excluded':
      return <ReasonFilter records={records} onChange={onChange} />
    case 'all':
    case 'in_step':
    case 'deleted':
      return null
  }
}

function StateFilter({ records: { query }, onChange }: FiltersProps) {
  const { t } = useLanguage()
  const states = UNDER_WAY.map((value: RecordState) => ({ label: t(`record.state.${value}`), value }))
  return (
    <Select
      label={t('records.filter.state')}
      options={[{ label: t('records.filter.state.all'), value: 'under_way' }, ...states]}
      value={query.state ?? 'under_way'}
      onChange={(state: NonNullable<RecordsQuery['state']>) => onChange({ ...query, state, place: null })}
    />
  )
}

function ReasonFilter({ records: { query, reasons }, onChange }: FiltersProps) {
  const { t, told } = useLanguage()
  const options = reasons.map(({ key, words, count }) => ({
    label: t('records.filter.why.one', {
      reason: words === null ? t('records.filter.why.other') : told(words),
      count,
    }),
    value: key,
  }))
  // A reason that no record has any more is still what is shown.
  const gone = query.why !== null && reasons.every(({ key }) => key !== query.why)
  const chosen = gone
    ? [{ label: t('records.filter.why.one', { reason: '…', count: 0 }), value: query.why! }]
    : []
  return (
    <Select
      label={t('records.filter.why')}
      options={[{ label: t('records.filter.why.all'), value: ALL }, ...options, ...chosen]}
      value={query.why ?? ALL}
      onChange={(value) => onChange({ ...query, why: value === ALL ? null : value, place: null })}
    />
  )
}
