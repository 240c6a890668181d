import { useNavigate, useNavigation } from '@remix-run/react'
import { Box, Card, InlineStack, Page, Pagination, Tabs, Text } from '@shopify/polaris'
import { ACTIVITY_LISTS, activityParams, type ActivityQuery, wholeList } from '../activity-query'
import { type Activity } from '../presenters/activity.server'
import { type Page as PageOfRows } from '../presenters/page-of-rows'
import { ActivityFilters } from './activity-filters'
import { ActivityEmpty } from './activity-empty'
import { AttemptTable } from './attempt-table'
import styles from './dashboard.module.css'
import { EventTable } from './event-table'
import { ExportButton } from './export-button'
import { useLanguage } from './language-context'
import { RunTable } from './run-table'
import { ViewTable } from './view-table'

/** Everything that arrived, and every call to the SaaS. */
export function ActivityPage({ activity }: { activity: Activity }) {
  const { t } = useLanguage()
  const navigate = useNavigate()
  const { query } = activity
  const { resource, from, to } = query
  const tabs = ACTIVITY_LISTS.map((show) => ({
    id: show,
    content: t(`activity.${show}`),
    panelID: `${show}-panel`,
  }))
  const show = (index: number) =>
    navigate(addressOf({ ...wholeList(ACTIVITY_LISTS[index] ?? 'events'), resource, from, to }))

  return (
    <Page title={t('activity.title')} subtitle={t('activity.subtitle')}>
      <Card padding="0">
        <Tabs tabs={tabs} selected={ACTIVITY_LISTS.indexOf(query.show)} onSelect={show}>
          <ActivityFilters query={query} onChange={(changed) => navigate(addressOf(changed))} />
          {(query.show === 'events' || query.show === 'attempts') && (
            <Box paddingInline="400" paddingBlockEnd="400">
              <ExportButton key={query.show} query={query} />
            </Box>
          )}
          {query.show === 'views' && (
            <Box paddingInline="400" paddingBlockEnd="400">
              <Text as="p" tone="subdued" variant="bodySm">
                {t('views.hint')}
              </Text>
            </Box>
          )}
          <ActivityList activity={activity} />
        </Tabs>
      </Card>
      <Box paddingBlockEnd="800" />
    </Page>
  )
}

function ActivityList({ activity: { list, now, query } }: { activity: Activity }) {
  const pending = useNavigation().state === 'loading'
  return (
    <div className={pending ? styles.pending : undefined} aria-busy={pending}>
      {list.page.rows.length === 0 ? (
        <ActivityEmpty query={query} inPart={list.page.searchedInPart} />
      ) : (
        <Rows list={list} now={now} />
      )}
      <Neighbours page={list.page} query={query} />
    </div>
  )
}

function Rows({ list, now }: { list: Activity['list']; now: string }) {
  const { t } = useLanguage()
  switch (list.show) {
    case 'events':
      return <EventTable events={list.page.rows} now={now} label={t('activity.events')} />
    case 'attempts':
      return <AttemptTable attempts={list.page.rows} now={now} label={t('activity.attempts')} />
    case 'runs':
      return <RunTable runs={list.page.rows} now={now} label={t('activity.runs')} />
    case 'views':
      return <ViewTable views={list.page.rows} now={now} label={t('activity.views')} />
  }
}

interface NeighboursProps {
  page: Pick<PageOfRows<unknown>, 'newer' | 'older' | 'searchedInPart'>
  query: ActivityQuery
}

function Neighbours({ page: { newer, older, searchedInPart }, query }: NeighboursProps) {
  const { t } = useLanguage()
  const navigate = useNavigate()
  if (!newer && !older) return null

  return (
    <Box padding="300" borderBlockStartWidth="025" borderColor="border-secondary">
      <InlineStack gap="300" blockAlign="center">
        <Pagination
          accessibilityLabel={t('activity.pages')}
          hasPrevious={newer !== null}
          hasNext={older !== null}
          onPrevious={() => navigate(addressOf({ ...query, place: newer }))}
          onNext={() => navigate(addressOf({ ...query, place: older }))}
          accessibilityLabels={{ previous: t('activity.newer'), next: t('activity.older') }}
        />
        {searchedInPart && (
          <Text as="p" tone="subdued">
            {t('activity.inPart')}
          </Text>
        )}
      </InlineStack>
    </Box>
  )
}

function addressOf(query: ActivityQuery): string {
  return `/app/activity${activityParams(query)}`
}
