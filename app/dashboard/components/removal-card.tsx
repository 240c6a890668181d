import { BlockStack, InlineStack, Link, ProgressBar, Text } from '@shopify/polaris'
import { type RemovalView } from '../presenters/removals.server'
import { useLanguage } from './language-context'
import { RunButton } from './run-button'
import { TitledCard } from './titled-card'

/** What is being removed from the SaaS: how far it is, and how to stop it. */
export function RemovalCard({ removal }: { removal: RemovalView }) {
  const { t } = useLanguage()
  const { id, resource, total, done, failed } = removal
  const share = total ? Math.floor((100 * done) / total) : 0
  const name = `removal-${id}`
  return (
    <TitledCard title={t('removal.title', { what: t(`resource.${resource}`) })} id={name}>
      <BlockStack gap="300">
        <ProgressBar progress={share} size="small" ariaLabelledBy={name} />
        <Text as="p" variant="bodySm" tone="subdued">
          {total === null ? t('run.counting') : t('removal.counts', { done, count: total })}
        </Text>
        {failed > 0 && (
          <Text as="p">
            {t('removal.failed', { count: failed })} <Link url="/app/failures">{t('removal.failures')}</Link>
          </Text>
        )}
        <InlineStack>
          <RunButton words={t('removal.cancel')} fields={{ intent: 'cancel-removal', run: id }} />
        </InlineStack>
      </BlockStack>
    </TitledCard>
  )
}
