import { BlockStack, Button, InlineStack, Text } from '@shopify/polaris'
import { useState } from 'react'
import { type ConnectionView } from '../presenters/connection.server'
import { CommandFeedback } from './command-feedback'
import { ConfirmModal } from './confirm-modal'
import { useLanguage } from './language-context'
import { TitledCard } from './titled-card'
import { useCommand } from './use-command'

/** Ends the connection, when it is asked for twice. */
export function DisconnectCard({ connection: { id } }: { connection: ConnectionView }) {
  const { t } = useLanguage()
  const { give, isUnderWay, answer } = useCommand('disconnect')
  const [isAsking, setAsking] = useState(false)
  return (
    <TitledCard title={t('disconnect.title')}>
      <Text as="p" tone="subdued">
        {t('disconnect.about')}
      </Text>
      <InlineStack>
        <Button tone="critical" loading={isUnderWay} onClick={() => setAsking(true)}>
          {t('disconnect.action')}
        </Button>
      </InlineStack>
      <CommandFeedback answer={answer} />
      <ConfirmModal
        id="disconnect-saas"
        isOpen={isAsking}
        title={t('disconnect.ask')}
        action={t('disconnect.action')}
        isDestructive
        onConfirm={() => give({ intent: 'disconnect', connection: id })}
        onClose={() => setAsking(false)}
      >
        <BlockStack gap="200">
          <Text as="p">{t('disconnect.waits')}</Text>
          <Text as="p">{t('disconnect.stays')}</Text>
        </BlockStack>
      </ConfirmModal>
    </TitledCard>
  )
}
