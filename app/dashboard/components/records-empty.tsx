import { BlockStack, Box, Text } from '@shopify/polaris'
import { type RecordsView } from '../presenters/records.server'
import { keptSearch } from '../kept-search'
import { isLost, isNarrowed, tabOf } from '../records-query'
import { useLanguage } from './language-context'
import { useHydrated } from './use-hydrated'

/** Says why there is nothing in the list, and what will put something there. */
export function RecordsEmpty({ records }: { records: RecordsView }) {
  const { t } = useLanguage()
  const isHydrated = useHydrated()
  const { query } = records
  // The server cannot know what this tab may keep; once the page lives, the tab asks for it.
  if (isLost(query) && (!isHydrated || keptSearch(query.searchKey) !== null)) return <Box minHeight="9rem" />

  const [title, body] = wordsOf(records)
  return (
    <Box paddingBlock="1200" paddingInline="400">
      <BlockStack gap="200" inlineAlign="center">
        <Text as="h2" variant="headingMd" alignment="center">
          {t(title)}
        </Text>
        <Text as="p" tone="subdued" alignment="center">
          {t(body)}
        </Text>
      </BlockStack>
    </Box>
  )
}

function wordsOf({ hasRecords, isPartial, query }: RecordsView) {
  if (!hasRecords) return ['records.empty.title', 'records.empty.body'] as const
  if (isLost(query)) return ['records.search.lost.title', 'records.search.lost.body'] as const
  if (query.search !== '') return ['records.filtered.empty.title', 'records.search.empty.body'] as const
  if (isPartial) return ['activity.partly.empty.title', 'records.partly.filter'] as const
  if (isNarrowed(query)) return ['records.filtered.empty.title', 'records.filtered.empty.body'] as const
  return [`records.empty.${tabOf(query)}`, 'records.empty.tab'] as const
}
