import { Link } from '@remix-run/react'
import { Text } from '@shopify/polaris'
import { type RunRow } from '../presenters/run-rows.server'
import { RunBadge } from './badges'
import styles from './dashboard.module.css'
import { useLanguage } from './language-context'
import { Moment } from './moment'
import { Cell, Row, Table } from './table'

/** Runs, newest first, each leading to its page. */
export function RunTable({ runs, now, label }: { runs: RunRow[]; now: string; label: string }) {
  const { t } = useLanguage()
  const columns = [
    { label: t('activity.column.what'), width: 'minmax(0, 1fr)' },
    { label: t('activity.column.outcome'), width: '7.5rem' },
    { label: t('activity.column.found'), width: '6rem' },
    { label: t('activity.column.when'), width: '6.5rem', end: true },
  ]
  return (
    <Table label={label} columns={columns}>
      {runs.map((run) => (
        <RunLine key={run.id} run={run} now={now} />
      ))}
    </Table>
  )
}

function RunLine({ run, now }: { run: RunRow; now: string }) {
  const { t, told, number } = useLanguage()
  const { id, kind, resource, state, words, done, startedAt } = run
  const summary = [resource && t(`resource.${resource}`), words && told(words)].filter(Boolean).join(': ')
  return (
    <Row>
      <Cell wide>
        <Link className={styles.rowLink} to={`/app/activity/runs/${id}`}>
          {t(`run.kind.${kind}`)}
        </Link>
        <Text as="p" variant="bodySm" tone="subdued">
          {summary}
        </Text>
      </Cell>
      <Cell>
        <RunBadge state={state} />
      </Cell>
      <Cell label={t('activity.column.found')}>
        <Text as="span" tone="subdued" numeric>
          {number(done)}
        </Text>
      </Cell>
      <Cell end>
        <Moment at={startedAt} now={now} />
      </Cell>
    </Row>
  )
}
