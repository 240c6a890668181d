import { Link } from '@remix-run/react'
import { Text } from '@shopify/polaris'
import { type Language } from '../language'
import { type AttemptRow } from '../presenters/attempt-rows.server'
import { recordName } from '../record-name'
import { AttemptBadge } from './badges'
import styles from './dashboard.module.css'
import { useLanguage } from './language-context'
import { Moment } from './moment'
import { Cell, Row, Table } from './table'

interface AttemptTableProps {
  attempts: AttemptRow[]
  now: string
  label: string
  /** What tells the rows apart: their records, or, where all are of one record, which try it was. */
  by?: 'record' | 'try'
}

/** Attempts, newest first, each leading to its page. */
export function AttemptTable({ attempts, now, label, by = 'record' }: AttemptTableProps) {
  const { t } = useLanguage()
  const columns = [
    { label: t(by === 'record' ? 'activity.column.record' : 'attempt.number'), width: 'minmax(0, 1fr)' },
    { label: t('activity.column.outcome'), width: '9.5rem' },
    { label: t('activity.column.answer'), width: '5rem' },
    { label: t('activity.column.when'), width: '6.5rem', end: true },
  ]
  return (
    <Table label={label} columns={columns}>
      {attempts.map((attempt) => (
        <AttemptLine key={attempt.id} attempt={attempt} now={now} by={by} />
      ))}
    </Table>
  )
}

function AttemptLine({ attempt, now, by }: { attempt: AttemptRow; now: string; by: 'record' | 'try' }) {
  const language = useLanguage()
  const { t, number } = language
  return (
    <Row>
      <Cell wide>
        <Link className={styles.rowLink} to={`/app/activity/attempts/${attempt.id}`}>
          {by === 'record'
            ? recordName(language, attempt)
            : t('attempt.try', { number: number(attempt.number) })}
        </Link>
        <Text as="p" variant="bodySm" tone="subdued">
          {summary(language, attempt)}
        </Text>
      </Cell>
      <Cell>
        <AttemptBadge outcome={attempt.outcome} />
      </Cell>
      <Cell label={t('activity.column.answer')}>
        <Text as="span" tone="subdued" numeric>
          {attempt.httpStatus ?? '–'}
        </Text>
      </Cell>
      <Cell end>
        <Moment at={attempt.startedAt} now={now} />
      </Cell>
    </Row>
  )
}

/** What was sent, for a call that went well; what went wrong, for another. */
function summary({ t, told, duration }: Language, attempt: AttemptRow): string {
  const { outcome, detail, endedAt, startedAt, action } = attempt
  if (outcome !== 'delivered' || endedAt === null)
    return detail === null ? t(`attempt.meaning.${outcome}`) : told(detail)

  const took = duration(Date.parse(endedAt) - Date.parse(startedAt))
  return t('attempt.summary', { action: t(`action.${action}`), duration: took })
}
