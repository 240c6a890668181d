import { BlockStack, Box, Text } from '@shopify/polaris'
import { type Language } from '../language'
import { type ResourceCounts } from '../parity'
import { type ReachView } from '../presenters/reach.server'
import { useLanguage } from './language-context'

/** Why some records of a resource are not in step, and what of it is out of reach, in words. */
export function ResourceNotes({ resources, reach }: { resources: ResourceCounts[]; reach: ReachView[] }) {
  const language = useLanguage()
  const notes = resources
    .map((row) => ({
      resource: row.resource,
      notes: [...notesOf(language, row), ...reachOf(language, reach, row)],
    }))
    .filter(({ notes }) => notes.length > 0)
  if (notes.length === 0) return null
  return (
    <Box padding="400" borderBlockStartWidth="025" borderColor="border-secondary">
      <BlockStack gap="200">
        <Text as="h3" variant="headingSm">
          {language.t('resources.notes')}
        </Text>
        {notes.map(({ resource, notes }) => (
          <BlockStack key={resource} gap="050">
            <Text as="p" variant="bodySm" fontWeight="semibold">
              {language.t(`resource.${resource}`)}
            </Text>
            {notes.map((words) => (
              <Text key={words} as="p" variant="bodySm" tone="subdued" breakWord>
                {words}
              </Text>
            ))}
          </BlockStack>
        ))}
      </BlockStack>
    </Box>
  )
}

function notesOf({ t, told }: Language, row: ResourceCounts): string[] {
  const shown = (['retrying', 'held', 'unknown'] as const).filter((state) => row[state] > 0)
  return [
    ...shown.map((state) => t(`note.${state}`, { count: row[state] })),
    ...row.excludedBecause.map(({ reason, count }) =>
      t('note.excluded', { count, reason: told(reason) }).trim(),
    ),
  ]
}

function reachOf({ told }: Language, reach: ReachView[], { resource }: ResourceCounts): string[] {
  const own = reach.filter((each) => each.resource === resource)
  return own.flatMap(({ words }) => (words === null ? [] : [told(words)]))
}
