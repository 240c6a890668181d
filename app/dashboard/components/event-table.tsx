import { Link } from '@remix-run/react'
import { Badge, InlineStack, Text } from '@shopify/polaris'
import { type EventRow } from '../presenters/event-rows.server'
import { recordName } from '../record-name'
import { EventBadge, RecordBadge } from './badges'
import styles from './dashboard.module.css'
import { useLanguage } from './language-context'
import { Moment } from './moment'
import { Cell, Row, Table } from './table'

/** Events, newest first, each leading to its page. */
export function EventTable({ events, now, label }: { events: EventRow[]; now: string; label: string }) {
  const { t } = useLanguage()
  const columns = [
    { label: t('activity.column.what'), width: 'minmax(0, 1fr)' },
    { label: t('activity.column.outcome'), width: '8rem' },
    { label: t('activity.column.state'), width: '8rem' },
    { label: t('activity.column.when'), width: '6.5rem', end: true },
  ]
  return (
    <Table label={label} columns={columns}>
      {events.map((event) => (
        <EventLine key={event.id} event={event} now={now} />
      ))}
    </Table>
  )
}

function EventLine({ event, now }: { event: EventRow; now: string }) {
  const language = useLanguage()
  const { resource, externalId, recordState } = event
  const record = resource && externalId ? recordName(language, { resource, externalId }) : event.topic
  return (
    <Row>
      <Cell wide>
        <InlineStack gap="150" blockAlign="center">
          <Link className={styles.rowLink} to={`/app/activity/events/${event.id}`}>
            {language.topic(event.topic)}
          </Link>
          {event.isTest && <Badge size="small">{language.t('activity.test')}</Badge>}
        </InlineStack>
        <Text as="p" variant="bodySm" tone="subdued">
          {record}
        </Text>
      </Cell>
      <Cell>
        <EventBadge outcome={event.outcome} />
      </Cell>
      <Cell>{recordState && <RecordBadge state={recordState} />}</Cell>
      <Cell end>
        <Moment at={event.receivedAt} now={now} />
      </Cell>
    </Row>
  )
}
