import { Link } from '@remix-run/react'
import { Text } from '@shopify/polaris'
import { type Language } from '../language'
import { type ViewRow } from '../presenters/view-rows.server'
import { recordName } from '../record-name'
import styles from './dashboard.module.css'
import { useLanguage } from './language-context'
import { Moment } from './moment'
import { Cell, Row, Table } from './table'

/** Who has had which personal data shown, newest first. */
export function ViewTable({ views, now, label }: { views: ViewRow[]; now: string; label: string }) {
  const language = useLanguage()
  const { t } = language
  const columns = [
    { label: t('views.column.what'), width: 'minmax(0, 1fr)' },
    { label: t('views.column.who'), width: '12rem' },
    { label: t('activity.column.when'), width: '6.5rem', end: true },
  ]
  return (
    <Table label={label} columns={columns}>
      {views.map((view) => (
        <Row key={view.id}>
          <Cell wide>
            <Link className={styles.rowLink} to={addressOf(view)}>
              {nameOf(language, view)}
            </Link>
          </Cell>
          <Cell>
            <Text as="span" tone="subdued">
              {t('views.person', { id: view.userId })}
            </Text>
          </Cell>
          <Cell end>
            <Moment at={view.shownAt} now={now} />
          </Cell>
        </Row>
      ))}
    </Table>
  )
}

function addressOf({ subject, subjectId }: ViewRow): string {
  return subject === 'event' ? `/app/activity/events/${subjectId}` : `/app/records/${subjectId}`
}

function nameOf(language: Language, { subject, resource, externalId }: ViewRow): string {
  const event = subject === 'event' ? [language.t('views.event')] : []
  const record = resource && externalId ? [recordName(language, { resource, externalId })] : []
  return [...event, ...record].join(' · ')
}
