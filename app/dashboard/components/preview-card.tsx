import { Badge, type BadgeProps, BlockStack, Text } from '@shopify/polaris'
import { type PiiPolicy } from '~/contracts/resource'
import { isWordKey, type Language } from '../language'
import { type FieldView, type PreviewView } from '../presenters/privacy-page.server'
import { useLanguage } from './language-context'
import { Cell, Row, Table } from './table'
import { TitledCard } from './titled-card'

/** What may leave, from the strictest to the loosest. */
export const POLICIES = ['none', 'minimal', 'full'] as const satisfies readonly PiiPolicy[]

/** Which fields of a record leave under each policy, with the shape of their values. */
export function PreviewCard({ preview }: { preview: PreviewView }) {
  const language = useLanguage()
  const { t } = language
  const { resource, isExample, fields, others } = preview
  const title = t(`privacy.preview.${resource}`)
  const columns = [
    { label: t('privacy.column.field'), width: 'minmax(8rem, 2fr)' },
    { label: t('privacy.column.value'), width: 'minmax(8rem, 2fr)' },
    ...POLICIES.map((policy) => ({ label: t(`privacy.policy.${policy}`), width: 'minmax(6rem, 1fr)' })),
  ]
  return (
    <TitledCard title={title}>
      <BlockStack gap="300">
        <Text as="p" tone="subdued">
          {t(isExample ? 'privacy.preview.example' : 'privacy.preview.own')}
        </Text>
        <Table label={title} columns={columns}>
          {fields.map((field) => (
            <FieldRow key={field.name} field={field} isAllExample={isExample} />
          ))}
        </Table>
        {others.length > 0 && (
          <Text as="p" variant="bodySm" tone="subdued" breakWord>
            {t('privacy.preview.others', { fields: language.list(others) })}
          </Text>
        )}
      </BlockStack>
    </TitledCard>
  )
}

function FieldRow({ field, isAllExample }: { field: FieldView; isAllExample: boolean }) {
  const language = useLanguage()
  const { t } = language
  return (
    <Row>
      <Cell wide>
        <Text as="span" fontWeight="semibold">
          {nameWords(language, field)}
        </Text>
      </Cell>
      <Cell wide>{valueWords(language, field, isAllExample)}</Cell>
      {POLICIES.map((policy) => (
        <Cell key={policy} wide label={t(`privacy.policy.${policy}`)}>
          <Badge {...TONE[field.under[policy]]}>{t(`privacy.leaving.${field.under[policy]}`)}</Badge>
        </Cell>
      ))}
    </Row>
  )
}

const TONE: Record<FieldView['under'][PiiPolicy], Pick<BadgeProps, 'tone'>> = {
  sent: { tone: 'attention' },
  hash: { tone: 'info' },
  not_sent: {},
}

/** A field that has no word of its own has its name. */
function nameWords({ t }: Language, { name }: FieldView): string {
  const key = `privacy.field.${name}`
  return isWordKey(key) ? t(key) : name
}

function valueWords({ t }: Language, { shape, isExample }: FieldView, isAllExample: boolean): string {
  const value = shape ?? t('privacy.empty')
  return isExample && !isAllExample ? `${value} (${t('privacy.example')})` : value
}
