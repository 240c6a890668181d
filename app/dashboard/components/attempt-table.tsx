import { Link } from '@remix-run/react'
import { Text } from '@shopify/polaris'
import { type AttemptRow } from '../presenters/attempt-rows.server'
import { recordName } from '../record-name'
import { AttemptBadge } from './badges'
import styles from './dashboard.module.css'
import { useLanguage } from './language-context'
import { Moment } from './moment'
import { Cell, Row, Table } from './table'

/** Attempts, newest first, each leading to its page. */
export function AttemptTable({
  attempts,
  now,
  label,
}: {
  attempts: AttemptRow[]
  now: string
  label: string
}) {
  const { t } = useLanguage()
  const columns = [
    { label: t('activity.column.record'), width: 'minmax(0, 1fr)' },
    { label: t('activity.column.outcome'), width: '9.5rem' },
    { label: t('activity.column.answer'), width: '5rem' },
    { label: t('activity.column.when'), width: '6.5rem', end: true },
  ]
  return (
    <Table label={label} columns={columns}>
      {attempts.map((attempt) => (
        <AttemptLine key={attempt.id} attempt={attempt} now={now} />
      ))}
    </Table>
  )
}

function AttemptLine({ attempt, now }: { attempt: AttemptRow; now: string }) {
  const language = useLanguage()
  const { t } = language
  return (
    <Row>
      <Cell wide>
        <Link className={styles.rowLink} to={`/app/activity/attempts/${attempt.id}`}>
          {recordName(language, attempt)}
        </Link>
        <Text as="p" variant="bodySm" tone="subdued">
          {attempt.detail ?? t(`attempt.meaning.${attempt.outcome}`)}
        </Text>
      </Cell>
      <Cell>
        <AttemptBadge outcome={attempt.outcome} />
      </Cell>
      <Cell>
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
