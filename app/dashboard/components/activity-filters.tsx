import { Button, Select, TextField } from '@shopify/polaris'
import { type Resource } from '~/contracts/resource'
import { type AttemptOutcome, type EventOutcome } from '~/contracts/states'
import { type ActivityQuery, isFiltered, wholeList } from '../activity-query'
import { type Language } from '../language'
import { RunState } from '../run-words'
import { topics } from '../words/en/topics'
import { ATTEMPT_LOOK, EVENT_LOOK } from './badges'
import styles from './dashboard.module.css'
import { useLanguage } from './language-context'

const ALL = ''
const EVENT_OUTCOMES = Object.keys(EVENT_LOOK) as EventOutcome[]
const ATTEMPT_OUTCOMES = Object.keys(ATTEMPT_LOOK) as AttemptOutcome[]
const RESOURCES: Resource[] = ['order', 'product', 'customer', 'category', 'message']
const TOPICS = Object.keys(topics).map((key) => key.replace(/^topic\./, ''))

interface FiltersProps {
  query: ActivityQuery
  onChange: (query: ActivityQuery) => void
}

/** Narrows the list by outcome, topic, resource and days; what is chosen stands in the URL. */
export function ActivityFilters({ query, onChange }: FiltersProps) {
  const { t } = useLanguage()
  const resources = RESOURCES.map((resource) => ({ label: t(`resource.${resource}`), value: resource }))
  return (
    <div className={styles.filters}>
      {query.show !== 'views' && <OutcomeFilter query={query} onChange={onChange} />}
      {query.show === 'events' && <TopicFilter query={query} onChange={onChange} />}
      <Select
        label={t('activity.filter.resource')}
        options={[{ label: t('activity.filter.resource.all'), value: ALL }, ...resources]}
        value={query.resource ?? ALL}
        onChange={(value: Resource | '') =>
          onChange({ ...query, place: null, resource: value === ALL ? null : value })
        }
      />
      <DayFilter side="from" query={query} onChange={onChange} />
      <DayFilter side="to" query={query} onChange={onChange} />
      {isFiltered(query) && (
        <Button size="large" onClick={() => onChange(wholeList(query.show))}>
          {t('activity.filter.clear')}
        </Button>
      )}
    </div>
  )
}

/** A day on the shop's clock. One that is being typed is none yet, and is left to its field. */
function DayFilter({ side, query, onChange }: FiltersProps & { side: 'from' | 'to' }) {
  const { t } = useLanguage()
  return (
    <TextField
      type="date"
      label={t(`activity.filter.${side}`)}
      value={query[side] ?? ''}
      autoComplete="off"
      onChange={(value) => onChange({ ...query, place: null, [side]: value === '' ? null : value })}
    />
  )
}

function TopicFilter({ query, onChange }: FiltersProps & { query: { show: 'events' } }) {
  const { t, topic: inWords } = useLanguage()
  // An address may name a topic for which there are no words.
  const known = query.topic === null || TOPICS.includes(query.topic) ? TOPICS : [...TOPICS, query.topic]
  return (
    <Select
      label={t('activity.filter.topic')}
      options={[
        { label: t('activity.filter.topic.all'), value: ALL },
        ...known.map((topic) => ({ label: inWords(topic), value: topic })),
      ]}
      value={query.topic ?? ALL}
      onChange={(value) => onChange({ ...query, place: null, topic: value === ALL ? null : value })}
    />
  )
}

function OutcomeFilter({ query, onChange }: FiltersProps) {
  const language = useLanguage()
  const { t } = language
  return (
    <Select
      label={t('activity.filter.outcome')}
      options={[{ label: t('activity.filter.outcome.all'), value: ALL }, ...outcomesOf(language, query)]}
      value={query.outcome ?? ALL}
      onChange={(value) => onChange(withOutcome(query, value))}
    />
  )
}

function outcomesOf({ t }: Language, { show }: ActivityQuery): { label: string; value: string }[] {
  switch (show) {
    case 'events':
      return EVENT_OUTCOMES.map((value) => ({ label: t(`event.outcome.${value}`), value }))
    case 'attempts':
      return ATTEMPT_OUTCOMES.map((value) => ({ label: t(`attempt.outcome.${value}`), value }))
    case 'runs':
      return RunState.options.map((value) => ({ label: t(`run.ends.${value}`), value }))
    case 'views':
      return []
  }
}

function withOutcome(query: ActivityQuery, value: string): ActivityQuery {
  switch (query.show) {
    case 'events':
      return { ...query, place: null, outcome: EVENT_OUTCOMES.find((each) => each === value) ?? null }
    case 'attempts':
      return { ...query, place: null, outcome: ATTEMPT_OUTCOMES.find((each) => each === value) ?? null }
    case 'runs':
      return { ...query, place: null, outcome: RunState.options.find((each) => each === value) ?? null }
    case 'views':
      return query
  }
}
