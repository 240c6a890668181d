import { Modal, TitleBar } from '@shopify/app-bridge-react'
import { Box } from '@shopify/polaris'
import { type ReactNode } from 'react'
import { useLanguage } from './language-context'
import { useHydrated } from './use-hydrated'

interface ConfirmModalProps {
  id: string
  isOpen: boolean
  title: string
  /** What will happen, and what will not. */
  children: ReactNode
  /** The word on the button that does it. */
  action: string
  isDestructive?: boolean
  /** Whether it may be confirmed yet; it may unless this says otherwise. */
  isReady?: boolean
  onConfirm(): void
  onClose(): void
}

/** Asks before something that cannot simply be taken back. (https://shopify.dev/docs/api/app-bridge-library/react-components/modal-component) */
export function ConfirmModal(props: ConfirmModalProps) {
  const {
    id,
    isOpen,
    title,
    children,
    action,
    isDestructive = false,
    isReady = true,
    onConfirm,
    onClose,
  } = props
  const { t } = useLanguage()
  if (!useHydrated()) return null
  return (
    <Modal id={id} open={isOpen} onHide={onClose}>
      <Box padding="400">{children}</Box>
      <TitleBar title={title}>
        {/* Within a form, a button that is none of its own would send it. */}
        <button
          type="button"
          variant="primary"
          {...(isDestructive ? { tone: 'critical' } : {})}
          {...(isReady ? {} : { disabled: true })}
          onClick={() => {
            onClose()
            onConfirm()
          }}
        >
          {action}
        </button>
        <button type="button" onClick={onClose}>
          {t('form.cancel')}
        </button>
      </TitleBar>
    </Modal>
  )
}
