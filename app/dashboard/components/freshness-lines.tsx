import { BlockStack, InlineStack, Text } from '@shopify/polaris'
import { type Freshness } from '../presenters/freshness.server'
import { useLanguage } from './language-context'

/** How long it took lately until a change in the store was at the SaaS. */
export function FreshnessLines({ freshness }: { freshness: Freshness | null }) {
  const { t, duration } = useLanguage()
  return (
    <BlockStack gap="100">
      <Text as="h3" variant="headingSm">
        {t('freshness.title')}
      </Text>
      {freshness && (
        <InlineStack gap="300">
          <Text as="span" numeric>
            {t('freshness.half', { time: duration(freshness.p50Ms) })}
          </Text>
          <Text as="span" numeric>
            {t('freshness.most', { time: duration(freshness.p95Ms) })}
          </Text>
        </InlineStack>
      )}
      <Text as="p" variant="bodySm" tone="subdued">
        {freshness ? t('freshness.about', { count: freshness.count }) : t('freshness.none')}
      </Text>
    </BlockStack>
  )
}
