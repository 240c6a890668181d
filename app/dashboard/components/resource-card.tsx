import { Link } from '@remix-run/react'
import { Text } from '@shopify/polaris'
import { type ResourceCounts, underWay } from '../parity'
import { type FreshnessView } from '../presenters/freshness.server'
import { type ReachView } from '../presenters/reach.server'
import { recordsAddress, type StateFilter } from '../records-query'
import styles from './dashboard.module.css'
import { useLanguage } from './language-context'
import records from './records.module.css'
import { ResourceFreshness } from './resource-freshness'
import { ResourceNotes } from './resource-notes'
import { ShareBar } from './share-bar'
import { Cell, Row, Table, type Column } from './table'
import { TableCard } from './table-card'

/** With one more column there is less room for each. */
const WIDTHS = { normal: { share: '4rem', number: '3.75rem' }, narrow: { share: '3rem', number: '3.5rem' } }

interface ResourceCardProps {
  resources: ResourceCounts[]
  reach: ReachView[]
  freshness: FreshnessView
}

/**
 * For each resource: how many records are in step, not yet, failed, not sent, deleted, and, where there are any, unknown; why; and how fresh
 * they are.
 */
export function ResourceCard({ resources, reach, freshness }: ResourceCardProps) {
  const { t } = useLanguage()
  const hasUnknown = resources.some(({ unknown }) => unknown > 0)
  const width = hasUnknown ? WIDTHS.narrow : WIDTHS.normal
  const numberOf = (label: string): Column => ({ label, width: width.number, end: true })
  const columns: Column[] = [
    { label: t('resources.column.resource'), width: '6.5rem' },
    { label: t('resources.column.share'), width: `minmax(${width.share}, 1fr)` },
    numberOf(t('count.in_step')),
    numberOf(t('count.not_yet')),
    numberOf(t('count.failed')),
    ...(hasUnknown ? [numberOf(t('count.unknown'))] : []),
    numberOf(t('count.excluded')),
    numberOf(t('count.deleted')),
  ]
  return (
    <TableCard title={t('resources.title')}>
      <Table label={t('resources.title')} columns={columns}>
        {resources.map((row) => (
          <ResourceRow key={row.resource} row={row} hasUnknown={hasUnknown} />
        ))}
      </Table>
      {freshness.all && (
        <ResourceFreshness
          resources={resources.map(({ resource }) => resource)}
          freshness={freshness.byResource}
        />
      )}
      <ResourceNotes resources={resources} reach={reach} />
    </TableCard>
  )
}

function ResourceRow({ row, hasUnknown }: { row: ResourceCounts; hasUnknown: boolean }) {
  const { t } = useLanguage()
  const to = (state: StateFilter) => recordsAddress({ resource: row.resource, state })
  return (
    <Row>
      <Cell wide>
        <Text as="span" fontWeight="semibold">
          {t(`resource.${row.resource}`)}
        </Text>
      </Cell>
      <Cell wide>
        <ShareBar counts={row} />
      </Cell>
      <CountCell label={t('count.in_step')} count={row.inStep} to={to('in_step')} />
      <CountCell label={t('count.not_yet')} count={underWay(row)} to={to('under_way')} />
      <CountCell label={t('count.failed')} count={row.failed} to={to('dead')} alarming />
      {hasUnknown && <CountCell label={t('count.unknown')} count={row.unknown} to={to('waiting')} />}
      <CountCell label={t('count.excluded')} count={row.excluded} to={to('excluded')} />
      <CountCell label={t('count.deleted')} count={row.deleted} to={to('deleted')} />
    </Row>
  )
}

interface CountCellProps {
  label: string
  count: number
  /** The list of these records. */
  to: string
  alarming?: boolean
}

function CountCell({ label, count, to, alarming = false }: CountCellProps) {
  const { t, number } = useLanguage()
  if (count === 0)
    return (
      <Cell end label={label}>
        <span className={styles.zero}>{number(count)}</span>
      </Cell>
    )
  return (
    <Cell end label={label}>
      <Link
        className={alarming ? `${records.count} ${styles.danger}` : records.count}
        to={to}
        aria-label={t('records.link', { state: label, count })}
      >
        {number(count)}
      </Link>
    </Cell>
  )
}
