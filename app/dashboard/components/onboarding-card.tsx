import { BlockStack, Box, Button, Card, Icon, InlineStack, Link, Text } from '@shopify/polaris'
import { CheckCircleIcon, XIcon } from '@shopify/polaris-icons'
import { type ReactNode } from 'react'
import { type Onboarding } from '../presenters/onboarding.server'
import styles from './dashboard.module.css'
import { useLanguage } from './language-context'
import { RunButton } from './run-button'
import { useCommand } from './use-command'

interface OnboardingCardProps {
  onboarding: Onboarding
  /** Whether the store is being read now. */
  isReading: boolean
}

const STEPS = 3

/** The first steps, each with the way to do it; they tick themselves off. */
export function OnboardingCard({ onboarding, isReading }: OnboardingCardProps) {
  const { t } = useLanguage()
  const { isConnected, mirrored, isSynced } = onboarding
  const hasChosen = mirrored.length > 0
  const done = [isConnected, hasChosen, isSynced].filter(Boolean).length
  return (
    <Card>
      <BlockStack gap="400">
        <Heading done={done} />
        {done < STEPS && (
          <ol className={styles.steps}>
            <Step
              isDone={isConnected}
              title={t('onboarding.connect.title')}
              body={t(isConnected ? 'onboarding.connect.done' : 'onboarding.connect.body')}
            >
              <Link url="/app/settings/connection">
                {t(isConnected ? 'onboarding.change' : 'onboarding.connect.action')}
              </Link>
            </Step>
            <Step
              isDone={hasChosen}
              title={t('onboarding.choose.title')}
              body={hasChosen ? <Mirrored mirrored={mirrored} /> : t('onboarding.choose.body')}
            >
              <Link url="/app/settings/mirror">
                {t(hasChosen ? 'onboarding.change' : 'onboarding.choose.action')}
              </Link>
            </Step>
            <Step
              isDone={isSynced}
              title={t('onboarding.sync.title')}
              body={t(syncWords(isSynced, isReading))}
            >
              {!isSynced && !isReading && isConnected && hasChosen && (
                <RunButton words={t('onboarding.sync.action')} fields={{ intent: 'backfill' }} />
              )}
            </Step>
          </ol>
        )}
      </BlockStack>
    </Card>
  )
}

/** How many of the steps are done, and the way to put the list away. */
function Heading({ done }: { done: number }) {
  const { t } = useLanguage()
  const { give, isUnderWay } = useCommand('put the first steps away')
  const isComplete = done === STEPS
  return (
    <InlineStack align="space-between" blockAlign="start" wrap={false} gap="200">
      <BlockStack gap="100">
        <Text as="h2" variant="headingSm">
          {t(isComplete ? 'onboarding.complete' : 'onboarding.title')}
        </Text>
        <Text as="p" variant="bodySm" tone="subdued">
          {isComplete ? t('onboarding.complete.body') : t('onboarding.progress', { done, count: STEPS })}
        </Text>
      </BlockStack>
      <Button
        icon={XIcon}
        variant="tertiary"
        accessibilityLabel={t('onboarding.dismiss')}
        loading={isUnderWay}
        onClick={() => give({ intent: 'dismiss-notice', notice: 'onboarding' })}
      />
    </InlineStack>
  )
}

function Step(props: { isDone: boolean; title: string; body: ReactNode; children: ReactNode }) {
  const { t } = useLanguage()
  const { isDone, title, body, children } = props
  return (
    <li>
      <InlineStack gap="300" wrap={false} blockAlign="start">
        <span className={isDone ? styles.stepDone : styles.stepOpen}>
          {isDone && <Icon source={CheckCircleIcon} tone="success" />}
          <Text as="span" visuallyHidden>
            {t(isDone ? 'onboarding.step.done' : 'onboarding.step.open')}
          </Text>
        </span>
        <BlockStack gap="100">
          <Text as="h3" variant="bodyMd" fontWeight="semibold">
            {title}
          </Text>
          <Text as="p" tone="subdued">
            {body}
          </Text>
          <Box>{children}</Box>
        </BlockStack>
      </InlineStack>
    </li>
  )
}

function Mirrored({ mirrored }: Pick<Onboarding, 'mirrored'>) {
  const { t, list } = useLanguage()
  return t('onboarding.choose.done', { resources: list(mirrored.map((each) => t(`resource.${each}`))) })
}

function syncWords(isSynced: boolean, isReading: boolean) {
  if (isSynced) return 'onboarding.sync.done'
  return isReading ? 'onboarding.sync.under_way' : 'onboarding.sync.body'
}
