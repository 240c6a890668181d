import { Box, Card, InlineStack, Text } from '@shopify/polaris'
import { type ReactNode } from 'react'

interface TableCardProps {
  title: string
  /** What is said in the place of the table while it has no rows. */
  empty?: string | null
  /** What stands at the end of the heading's line. */
  action?: ReactNode
  children: ReactNode
}

/** A card with a heading and a table that reaches to its edges; or, while there is nothing in it, with a sentence. */
export function TableCard({ title, empty = null, action, children }: TableCardProps) {
  return (
    <Card padding="0">
      <Box padding="400" paddingBlockEnd="300">
        <InlineStack align="space-between" blockAlign="center">
          <Text as="h2" variant="headingSm">
            {title}
          </Text>
          {action}
        </InlineStack>
      </Box>
      {empty === null ? (
        children
      ) : (
        <Box padding="400" paddingBlockStart="0">
          <Text as="p" tone="subdued">
            {empty}
          </Text>
        </Box>
      )}
    </Card>
  )
}
