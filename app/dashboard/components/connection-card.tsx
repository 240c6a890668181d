import { Badge, BlockStack, InlineStack, Text } from '@shopify/polaris'
import { type ConnectionView } from '../presenters/connection.server'
import { ConnectionBadge } from './badges'
import { CommandButton } from './command-button'
import { Facts } from './facts'
import { useLanguage } from './language-context'
import { Moment } from './moment'
import { TitledCard } from './titled-card'

/** Whether the SaaS is connected, where it is, and what is sent there. */
export function ConnectionCard({ connection, now }: { connection: ConnectionView | null; now: string }) {
  const { t } = useLanguage()
  return (
    <TitledCard title={t('connection.title')}>
      {connection ? (
        <Connection connection={connection} now={now} />
      ) : (
        <Text as="p" tone="subdued">
          {t('connection.missing')}
        </Text>
      )}
    </TitledCard>
  )
}

function Connection({ connection, now }: { connection: ConnectionView; now: string }) {
  const { t, told } = useLanguage()
  const { id, address, lastDeliveredAt, pausedAt, stateReason } = connection
  const facts = [
    { name: t('connection.address'), value: addressWords(address, t('connection.address.built_in')) },
    { name: t('connection.dialect'), value: t(`dialect.${connection.dialect}`) },
    { name: t('connection.policy'), value: t(`policy.${connection.piiPolicy}`) },
    {
      name: t('connection.lastDelivered'),
      value: lastDeliveredAt ? (
        <Moment at={lastDeliveredAt} now={now} />
      ) : (
        t('connection.lastDelivered.never')
      ),
    },
  ]
  return (
    <BlockStack gap="300">
      <InlineStack gap="200">
        <ConnectionBadge state={connection.state} />
        {pausedAt && <Badge tone="attention">{t('connection.paused')}</Badge>}
      </InlineStack>
      {stateReason && <Text as="p">{told(stateReason)}</Text>}
      {pausedAt && <Text as="p">{t('connection.paused.body')}</Text>}
      <Facts facts={facts} />
      <CommandButton
        name="connection"
        words={t(pausedAt ? 'connection.resume' : 'connection.pause')}
        fields={{ intent: pausedAt ? 'resume' : 'pause', connection: id }}
      />
    </BlockStack>
  )
}

function addressWords(address: ConnectionView['address'], builtIn: string): string {
  if (address === null) return '–'
  return address.kind === 'built_in' ? builtIn : address.host
}
