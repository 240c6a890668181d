import { BlockStack, Box, Text } from '@shopify/polaris'
import { type Resource } from '~/contracts/resource'
import { type FreshnessView } from '../presenters/freshness.server'
import styles from './dashboard.module.css'
import { useLanguage } from './language-context'

interface ResourceFreshnessProps {
  /** Those that are shown, in this order. */
  resources: Resource[]
  freshness: FreshnessView['byResource']
}

/** How long it took lately until a change was at the SaaS, for each resource. */
export function ResourceFreshness({ resources, freshness }: ResourceFreshnessProps) {
  const { t } = useLanguage()
  return (
    <Box padding="400" borderBlockStartWidth="025" borderColor="border-secondary">
      <BlockStack gap="200">
        <Text as="h3" variant="headingSm">
          {t('freshness.title')}
        </Text>
        <ul className={styles.paces}>
          {resources.map((resource) => (
            <li key={resource}>
              <Text as="span" variant="bodySm" fontWeight="semibold">
                {t(`resource.${resource}`)}
              </Text>
              <Pace of={freshness[resource]} />
            </li>
          ))}
        </ul>
      </BlockStack>
    </Box>
  )
}

function Pace({ of }: { of: FreshnessView['byResource'][Resource] }) {
  const { t, duration } = useLanguage()
  const words = of
    ? [
        t('freshness.half', { time: duration(of.p50Ms) }),
        t('freshness.most', { time: duration(of.p95Ms) }),
      ].join(' · ')
    : t('freshness.none.short')
  return (
    <Text as="span" variant="bodySm" tone="subdued" numeric>
      {words}
    </Text>
  )
}
