import { FormLayout, Text, TextField } from '@shopify/polaris'
import { useLanguage } from './language-context'
import { TitledCard } from './titled-card'
import { type ConnectionForm } from './use-connection-form'

/** How fast the SaaS is called. */
export function CallLimitsCard({ form }: { form: ConnectionForm }) {
  const { t } = useLanguage()
  return (
    <TitledCard title={t('limits.title')}>
      <Text as="p" tone="subdued">
        {t('limits.about')}
      </Text>
      <FormLayout>
        <FormLayout.Group>
          <TextField
            label={t('limits.second')}
            helpText={t('limits.second.help')}
            inputMode="numeric"
            autoComplete="off"
            {...form.field('callsPerSecond')}
          />
          <TextField
            label={t('limits.once')}
            helpText={t('limits.once.help')}
            inputMode="numeric"
            autoComplete="off"
            {...form.field('concurrency')}
          />
        </FormLayout.Group>
      </FormLayout>
    </TitledCard>
  )
}
