import { BlockStack, Box, Text } from '@shopify/polaris'
import { type Language } from '../language'
import { type RecordContent } from '../presenters/record-content.server'
import { FieldTable } from './field-table'
import { FoldedFields } from './folded-fields'
import { useLanguage } from './language-context'
import { TableCard } from './table-card'

/** What a record should be beside what the SaaS took last. */
export function ContentCard({ content, isUnanswered }: { content: RecordContent; isUnanswered: boolean }) {
  const language = useLanguage()
  const { t } = language
  return (
    <TableCard title={t('recordPage.content')}>
      <Box paddingInline="400" paddingBlockEnd="400">
        <BlockStack gap="200">
          <Text as="p">{summaryOf(language, content)}</Text>
          {isUnanswered && <Subdued words={t('recordPage.content.unanswered')} />}
          {content.kind === 'content' && content.isOfOtherSettings && (
            <Subdued words={t('recordPage.content.otherSettings')} />
          )}
          {hidesAny(content) && <Subdued words={t('recordPage.hint')} />}
        </BlockStack>
      </Box>
      {content.kind === 'content' && <Fields content={content} />}
    </TableCard>
  )
}

function Subdued({ words }: { words: string }) {
  return (
    <Text as="p" tone="subdued">
      {words}
    </Text>
  )
}

function hidesAny(content: RecordContent): boolean {
  if (content.kind !== 'content') return false
  const rows = [...content.differing.rows, ...content.equal.rows]
  return rows.some(({ desired, delivered }) => desired.kind === 'hidden' || delivered.kind === 'hidden')
}

type Content = Extract<RecordContent, { kind: 'content' }>

/** Whether the SaaS has nothing of it any more. */
const IS_GONE: Record<Content['delivered'], boolean> = {
  never: false,
  forgotten: false,
  elsewhere: false,
  deleted: true,
  removing: false,
  removed: true,
  known: false,
}

/** What of it is known, in a sentence. */
function summaryOf({ t }: Language, content: RecordContent): string {
  if (content.kind !== 'content') return t(`recordPage.content.${content.kind}`)
  const { isDeleted, delivered, differing } = content
  if (isDeleted) return t(IS_GONE[delivered] ? 'recordPage.content.gone' : 'recordPage.content.goneHere')
  if (delivered !== 'known') return t(`recordPage.content.${delivered}`)
  const count = differing.rows.length + differing.more
  return count === 0 ? t('recordPage.content.same') : t('recordPage.content.differs', { count })
}

function Fields({ content: { isDeleted, delivered, differing, equal } }: { content: Content }) {
  const { t } = useLanguage()
  if (isDeleted) return null
  const count = equal.rows.length + equal.more
  return (
    <>
      {differing.rows.length > 0 && (
        <FieldTable label={t('recordPage.differing')} fields={differing} isCompared />
      )}
      {count > 0 && (
        <FoldedFields
          words={t(delivered === 'known' ? 'recordPage.equal' : 'recordPage.all', { count })}
          fields={equal}
        />
      )}
    </>
  )
}
