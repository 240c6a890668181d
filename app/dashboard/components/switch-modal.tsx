import { BlockStack, List, Text } from '@shopify/polaris'
import { type ConnectionSettings } from '../presenters/connection-settings.server'
import { ConfirmModal } from './confirm-modal'
import { useLanguage } from './language-context'

interface SwitchModalProps {
  settings: ConnectionSettings
  isOpen: boolean
  onConfirm(): void
  onClose(): void
}

/** Says what another place is sent, and that the one before is left alone, before it is so. */
export function SwitchModal({ settings: { toSend, place }, isOpen, onConfirm, onClose }: SwitchModalProps) {
  const { t, number } = useLanguage()
  return (
    <ConfirmModal
      id="switch-saas"
      isOpen={isOpen}
      title={t('switch.title')}
      action={t('switch.action')}
      onConfirm={onConfirm}
      onClose={onClose}
    >
      <BlockStack gap="300">
        <Text as="p">{t('switch.sent')}</Text>
        <List>
          {toSend.map(({ resource, count }) => (
            <List.Item key={resource}>
              {t('switch.count', { resource: t(`resource.${resource}`), number: number(count) })}
            </List.Item>
          ))}
        </List>
        {place !== 'none' && <Text as="p">{t('switch.left')}</Text>}
        <Text as="p" tone="subdued">
          {t('switch.tried')}
        </Text>
      </BlockStack>
    </ConfirmModal>
  )
}
