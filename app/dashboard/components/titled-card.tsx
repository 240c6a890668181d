import { BlockStack, Card, Text } from '@shopify/polaris'
import { type ReactNode } from 'react'

/** A card with a heading. */
export function TitledCard({ title, id, children }: { title: string; id?: string; children: ReactNode }) {
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingSm" {...(id ? { id } : {})}>
          {title}
        </Text>
        {children}
      </BlockStack>
    </Card>
  )
}
