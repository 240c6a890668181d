import { BlockStack, Box, Card, Page, Text } from '@shopify/polaris'
import { type Failures } from '../presenters/failures.server'
import { CommandFeedback } from './command-feedback'
import { FAILURE_COMMANDS } from './failure-actions'
import { FailureCard } from './failure-card'
import { useLanguage } from './language-context'
import { useCommand } from './use-command'
import { useSteadyOrder } from './use-steady-order'

/** What has failed, by reason: what was said, what to do, and the buttons that do it. */
export function FailuresPage({ failures: { now, total, groups, more } }: { failures: Failures }) {
  const { t } = useLanguage()
  const shown = useSteadyOrder(groups, ({ resource, cause }) => `${resource} ${cause}`)
  return (
    <Page title={t('failures.title')} subtitle={t('failures.subtitle')}>
      <BlockStack gap="400">
        <CommandFeedback answer={useCommand(FAILURE_COMMANDS).answer} />
        {total === 0 ? (
          <NoFailures />
        ) : (
          <Box paddingInline={{ xs: '400', sm: '0' }}>
            <Text as="p" variant="headingMd">
              {t('failures.total', { count: total })}
            </Text>
          </Box>
        )}
        {shown.map((group) => (
          <FailureCard key={`${group.resource} ${group.cause}`} group={group} now={now} />
        ))}
        {more > 0 && (
          <Text as="p" tone="subdued">
            {t('failures.more', { count: more })}
          </Text>
        )}
      </BlockStack>
      <Box paddingBlockEnd="800" />
    </Page>
  )
}

function NoFailures() {
  const { t } = useLanguage()
  return (
    <Card>
      <Box paddingBlock="1200" paddingInline="400">
        <BlockStack gap="200" inlineAlign="center">
          <Text as="h2" variant="headingMd">
            {t('failures.empty.title')}
          </Text>
          <Text as="p" tone="subdued" alignment="center">
            {t('failures.empty.body')}
          </Text>
        </BlockStack>
      </Box>
    </Card>
  )
}
