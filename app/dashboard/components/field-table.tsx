import { Box, Text } from '@shopify/polaris'
import { fieldName } from '../field-name'
import { type FieldRows } from '../presenters/record-content.server'
import { FieldValue } from './field-value'
import { useLanguage } from './language-context'
import { Cell, Row, Table } from './table'

interface FieldTableProps {
  label: string
  fields: FieldRows
  /** Whether what it should be stands beside what was taken; otherwise both are the same. */
  isCompared?: boolean
}

/** Fields of a record with their values. */
export function FieldTable({ label, fields: { rows, more }, isCompared = false }: FieldTableProps) {
  const language = useLanguage()
  const { t } = language
  const values = isCompared ? ([t('recordPage.desired'), t('recordPage.delivered')] as const) : null
  const width = 'minmax(0, 1fr)'
  const columns = [t('recordPage.field'), ...(values ?? [t('recordPage.value')])]
  return (
    <>
      <Table label={label} columns={columns.map((name) => ({ label: name, width }))}>
        {rows.map(({ path, desired, delivered }) => (
          <Row key={JSON.stringify(path)}>
            <Cell wide>
              <Text as="span" fontWeight={isCompared ? 'semibold' : 'regular'}>
                {fieldName(language, path)}
              </Text>
            </Cell>
            <Cell wide {...(values ? { label: `${values[0]}:` } : {})}>
              <FieldValue value={desired} />
            </Cell>
            {values && (
              <Cell wide label={`${values[1]}:`}>
                <FieldValue value={delivered} />
              </Cell>
            )}
          </Row>
        ))}
      </Table>
      {more > 0 && (
        <Box padding="400">
          <Text as="p" tone="subdued">
            {t('recordPage.more', { count: more })}
          </Text>
        </Box>
      )}
    </>
  )
}
