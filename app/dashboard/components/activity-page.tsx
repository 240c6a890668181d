import { useNavigate, useNavigation } from '@remix-run/react'
import { Box, Card, Page, Pagination, Tabs } from '@shopify/polaris'
import { activityParams, type ActivityQuery } from '../activity-query'
import { type Activity } from '../presenters/activity.server'
import { type Page as PageOfRows } from '../presenters/page-of-rows'
import { ActivityFilters } from './activity-filters'
import { ActivityEmpty } from './activity-empty'
import { AttemptTable } from './attempt-table'
import styles from './dashboard.module.css'
import { EventTable } from './event-table'
import { useLanguage } from './language-context'

const TABS = ['events', 'attempts'] as const

/** Everything that arrived, and every call to the SaaS. */
export function ActivityPage({ activity }: { activity: Activity }) {
  const { t } = useLanguage()
  const navigate = useNavigate()
  const { query } = activity
  const tabs = TABS.map((show) => ({ id: show, content: t(`activity.${show}`), panelID: `${show}-panel` }))
  const show = (index: number) =>
    navigate(
      addressOf({ show: TABS[index] ?? 'events', outcome: null, resource: query.resource, place: null }),
    )

  return (
    <Page title={t('activity.title')} subtitle={t('activity.subtitle')}>
      <Card padding="0">
        <Tabs tabs={tabs} selected={TABS.indexOf(query.show)} onSelect={show}>
          <ActivityFilters query={query} onChange={(changed) => navigate(addressOf(changed))} />
          <ActivityList activity={activity} />
        </Tabs>
      </Card>
      <Box paddingBlockEnd="800" />
    </Page>
  )
}

function ActivityList({ activity: { list, now, query } }: { activity: Activity }) {
  const { t } = useLanguage()
  const pending = useNavigation().state === 'loading'
  if (list.page.rows.length === 0) return <ActivityEmpty query={query} />

  return (
    <div className={pending ? styles.pending : undefined} aria-busy={pending}>
      {list.show === 'events' ? (
        <EventTable events={list.page.rows} now={now} label={t('activity.events')} />
      ) : (
        <AttemptTable attempts={list.page.rows} now={now} label={t('activity.attempts')} />
      )}
      <Neighbours page={list.page} query={query} />
    </div>
  )
}

function Neighbours({
  page: { newer, older },
  query,
}: {
  page: PageOfRows<{ id: string }>
  query: ActivityQuery
}) {
  const { t } = useLanguage()
  const navigate = useNavigate()
  if (!newer && !older) return null

  return (
    <Box padding="300" borderBlockStartWidth="025" borderColor="border-secondary">
      <Pagination
        accessibilityLabel={t('activity.pages')}
        hasPrevious={newer !== null}
        hasNext={older !== null}
        onPrevious={() => navigate(addressOf({ ...query, place: newer }))}
        onNext={() => navigate(addressOf({ ...query, place: older }))}
        accessibilityLabels={{ previous: t('activity.newer'), next: t('activity.older') }}
      />
    </Box>
  )
}

function addressOf(query: ActivityQuery): string {
  return `/app/activity${activityParams(query)}`
}
