import { FormLayout, Text, TextField } from '@shopify/polaris'
import { KEEP_BOUNDS, type KeepDays } from '~/contracts/keep-days'
import { useLanguage } from './language-context'
import { type PrivacyValues } from './privacy-page'
import { TitledCard } from './titled-card'
import { type SettingsForm } from './use-settings-form'

const KEPT = ['payloadDays', 'historyDays', 'statisticDays'] as const satisfies readonly (keyof KeepDays)[]

/** For how many days Parity remembers what. */
export function KeepCard({ form }: { form: SettingsForm<PrivacyValues> }) {
  const { t } = useLanguage()
  return (
    <TitledCard title={t('privacy.keep')}>
      <Text as="p">{t('privacy.keep.about')}</Text>
      <FormLayout>
        {KEPT.map((name) => {
          const { least, most } = KEEP_BOUNDS[name]
          return (
            <TextField
              key={name}
              label={t(`privacy.keep.${name}`)}
              helpText={t(`privacy.keep.${name}.help`, { least, most })}
              type="number"
              min={least}
              max={most}
              suffix={t('privacy.keep.days')}
              autoComplete="off"
              {...form.field(name)}
            />
          )
        })}
      </FormLayout>
    </TitledCard>
  )
}
