import { Link } from '@remix-run/react'
import { Checkbox, Text } from '@shopify/polaris'
import { type RecordRow } from '../presenters/record-rows.server'
import { recordName } from '../record-name'
import { RecordBadge } from './badges'
import dashboard from './dashboard.module.css'
import { useLanguage } from './language-context'
import { Moment } from './moment'
import styles from './records.module.css'
import { Cell, Table } from './table'
import { type Selection } from './use-selection'

interface RecordsTableProps {
  rows: RecordRow[]
  /** ISO 8601. */
  now: string
  selection: Selection
}

/** Records, each leading to its page, each to be selected. */
export function RecordsTable({ rows, now, selection }: RecordsTableProps) {
  const { t } = useLanguage()
  const columns = [
    { label: t('records.column.select'), width: '1.25rem', isHidden: true },
    { label: t('records.column.record'), width: 'minmax(0, 1fr)' },
    { label: t('records.column.state'), width: 'minmax(0, 1fr)' },
    { label: t('records.column.delivered'), width: '6.5rem', end: true },
    { label: t('records.column.activity'), width: '6.5rem', end: true },
  ]
  return (
    <div className={styles.list}>
      <Table label={t('records.title')} columns={columns}>
        {rows.map((row) => (
          <RecordLine key={row.id} row={row} now={now} selection={selection} />
        ))}
      </Table>
    </div>
  )
}

function RecordLine({ row, now, selection }: { row: RecordRow; now: string; selection: Selection }) {
  const language = useLanguage()
  const { t, told } = language
  const { id, name, state, deliveredAt, updatedAt } = row
  const reason = row.reason === null ? null : told(row.reason)
  const full = recordName(language, row)
  return (
    <div role="row" className={`${dashboard.row} ${selection.isSelected(id) ? styles.selected : ''}`}>
      <div role="cell" className={styles.check}>
        <Checkbox
          label={t('records.select.one', { record: name ?? full })}
          labelHidden
          checked={selection.isSelected(id)}
          onChange={() => selection.toggle(id)}
        />
      </div>
      <Cell>
        <Link className={dashboard.rowLink} to={`/app/records/${id}`}>
          {name ?? full}
        </Link>
        {name !== null && (
          <Text as="p" variant="bodySm" tone="subdued">
            {full}
          </Text>
        )}
      </Cell>
      <Cell>
        <RecordBadge state={state} />
        {reason !== null && (
          <div className={styles.reason} title={reason}>
            <Text as="p" variant="bodySm" tone="subdued">
              {reason}
            </Text>
          </div>
        )}
      </Cell>
      <Cell end label={t('records.column.delivered')}>
        {deliveredAt ? <Moment at={deliveredAt} now={now} /> : t('record.never')}
      </Cell>
      <Cell end label={t('records.column.activity')}>
        <Moment at={updatedAt} now={now} />
      </Cell>
    </div>
  )
}
