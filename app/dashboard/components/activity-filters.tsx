import { Button, Select } from '@shopify/polaris'
import { type Resource } from '~/contracts/resource'
import { type AttemptOutcome, type EventOutcome } from '~/contracts/states'
import { type ActivityQuery } from '../activity-query'
import { ATTEMPT_LOOK, EVENT_LOOK } from './badges'
import styles from './dashboard.module.css'
import { useLanguage } from './language-context'

const ALL = ''
const EVENT_OUTCOMES = Object.keys(EVENT_LOOK) as EventOutcome[]
const ATTEMPT_OUTCOMES = Object.keys(ATTEMPT_LOOK) as AttemptOutcome[]
const RESOURCES: Resource[] = ['order', 'product', 'customer', 'category', 'message']

interface FiltersProps {
  query: ActivityQuery
  onChange: (query: ActivityQuery) => void
}

/** Narrows the list by outcome and resource; what is chosen stands in the URL. */
export function ActivityFilters({ query, onChange }: FiltersProps) {
  const { t } = useLanguage()
  const filtered = query.outcome !== null || query.resource !== null
  const resources = [
    { label: t('activity.filter.resource.all'), value: ALL },
    ...RESOURCES.map((resource) => ({ label: t(`resource.${resource}`), value: resource })),
  ]
  return (
    <div className={styles.toolbar}>
      <OutcomeFilter query={query} onChange={onChange} />
      <Select
        label={t('activity.filter.resource')}
        options={resources}
        value={query.resource ?? ALL}
        onChange={(value: Resource | '') =>
          onChange({ ...query, place: null, resource: value === ALL ? null : value })
        }
      />
      {filtered && (
        <Button
          size="large"
          onClick={() => onChange({ ...query, outcome: null, resource: null, place: null })}
        >
          {t('activity.filter.clear')}
        </Button>
      )}
    </div>
  )
}

function OutcomeFilter({ query, onChange }: FiltersProps) {
  const { t } = useLanguage()
  const all = { label: t('activity.filter.outcome.all'), value: ALL }
  const options =
    query.show === 'events'
      ? EVENT_OUTCOMES.map((value) => ({ label: t(`event.outcome.${value}`), value }))
      : ATTEMPT_OUTCOMES.map((value) => ({ label: t(`attempt.outcome.${value}`), value }))

  return (
    <Select
      label={t('activity.filter.outcome')}
      options={[all, ...options]}
      value={query.outcome ?? ALL}
      onChange={(value) => onChange(withOutcome(query, value))}
    />
  )
}

function withOutcome(query: ActivityQuery, value: string): ActivityQuery {
  const { resource } = query
  return query.show === 'events'
    ? {
        show: 'events',
        outcome: EVENT_OUTCOMES.find((outcome) => outcome === value) ?? null,
        resource,
        place: null,
      }
    : {
        show: 'attempts',
        outcome: ATTEMPT_OUTCOMES.find((outcome) => outcome === value) ?? null,
        resource,
        place: null,
      }
}
