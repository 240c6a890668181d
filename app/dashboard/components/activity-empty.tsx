import { BlockStack, Box, Text } from '@shopify/polaris'
import { type ActivityQuery, isFiltered } from '../activity-query'
import { useLanguage } from './language-context'

/** Says why there is nothing in the list, and what will put something there. */
export function ActivityEmpty({ query, inPart }: { query: ActivityQuery; inPart: boolean }) {
  const { t } = useLanguage()
  const about = inPart ? 'partly' : isFiltered(query) ? 'filtered' : query.show
  return (
    <Box paddingBlock="1200" paddingInline="400">
      <BlockStack gap="200" inlineAlign="center">
        <Text as="h2" variant="headingMd">
          {t(about === 'views' ? 'views.empty.title' : `activity.${about}.empty.title`)}
        </Text>
        <Text as="p" tone="subdued" alignment="center">
          {t(about === 'views' ? 'views.empty.body' : `activity.${about}.empty.body`)}
        </Text>
      </BlockStack>
    </Box>
  )
}
