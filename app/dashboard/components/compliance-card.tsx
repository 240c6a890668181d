import { BlockStack, Text } from '@shopify/polaris'
import { type Language } from '../language'
import { type ComplianceView } from '../presenters/compliance.server'
import { useLanguage } from './language-context'
import { TitledCard } from './titled-card'
import { COMPLIANCE_ANCHOR } from './urgent-banner'

/** The privacy requests that are open. */
export function ComplianceCard({ requests, now }: { requests: ComplianceView[]; now: string }) {
  const { t } = useLanguage()
  return (
    <TitledCard title={t('compliance.title')} id={COMPLIANCE_ANCHOR}>
      <BlockStack gap="300">
        {requests.map((request) => (
          <Request key={request.id} request={request} now={now} />
        ))}
      </BlockStack>
    </TitledCard>
  )
}

function Request({ request, now }: { request: ComplianceView; now: string }) {
  const { t, date } = useLanguage()
  const overdue = request.dueAt < now
  const about = request.customerExternalId
    ? t('compliance.about', { id: request.customerExternalId })
    : t('compliance.about.shop')
  return (
    <BlockStack gap="050">
      <Text as="p" fontWeight="semibold">
        {kindWords(t, request.kind)}
      </Text>
      <Text as="p" tone="subdued">
        {about}
      </Text>
      <Text as="p" variant="bodySm" tone={overdue ? 'critical' : 'subdued'}>
        {t(overdue ? 'compliance.overdue' : 'compliance.due', { date: date(request.dueAt) })}
      </Text>
    </BlockStack>
  )
}

function kindWords(t: Language['t'], kind: string): string {
  switch (kind) {
    case 'customers/data_request':
    case 'customers/redact':
    case 'shop/redact':
      return t(`compliance.kind.${kind}`)
    default:
      return t('compliance.kind.other')
  }
}
