import { BlockStack, ChoiceList, FormLayout, Select, TextField } from '@shopify/polaris'
import { DialectName } from '~/contracts/resource'
import { type ConnectedPlace, type ConnectionSettings } from '../presenters/connection-settings.server'
import { useLanguage } from './language-context'
import { TitledCard } from './titled-card'
import { type ConnectionForm, isKeyReplaced } from './use-connection-form'

interface PlaceCardProps {
  settings: ConnectionSettings
  form: ConnectionForm
}

/** Where records go. */
export function PlaceCard({ settings, form }: PlaceCardProps) {
  const { t } = useLanguage()
  const { environmentHost } = settings
  const placeError = form.error('place')
  const choices: { value: ConnectedPlace; label: string; helpText: string }[] = [
    ...(environmentHost === null
      ? []
      : [
          {
            value: 'environment' as const,
            label: t('place.environment', { host: environmentHost }),
            helpText: t('place.environment.help'),
          },
        ]),
    { value: 'built_in', label: t('place.built_in'), helpText: t('place.built_in.help') },
    { value: 'own', label: t('place.own'), helpText: t('place.own.help') },
  ]
  return (
    <TitledCard title={t('place.title')}>
      <BlockStack gap="400">
        <ChoiceList
          title={t('place.title')}
          titleHidden
          choices={choices}
          selected={[form.values.place]}
          {...(placeError ? { error: placeError } : {})}
          onChange={([place]) => place !== undefined && form.change({ place: place as ConnectedPlace })}
        />
        {form.values.place === 'own' && <OwnSaasFields settings={settings} form={form} />}
      </BlockStack>
    </TitledCard>
  )
}

function OwnSaasFields({ settings, form }: PlaceCardProps) {
  const { t } = useLanguage()
  const dialects = DialectName.options.map((value) => ({ value, label: t(`dialect.${value}`) }))
  return (
    <FormLayout>
      <TextField
        label={t('place.address')}
        helpText={t('place.address.help')}
        type="url"
        inputMode="url"
        placeholder="https://"
        autoComplete="off"
        spellCheck={false}
        {...form.field('address')}
      />
      <Select
        label={t('place.dialect')}
        helpText={t('place.dialect.help')}
        options={dialects}
        {...form.field('dialect')}
      />
      <TextField
        label={t('place.key')}
        helpText={t(settings.hasKey ? 'place.key.set' : 'place.key.help')}
        type="password"
        autoComplete="new-password"
        spellCheck={false}
        {...form.field('apiKey')}
      />
      {isKeyReplaced(settings, form.values) && <AccountChoice form={form} />}
    </FormLayout>
  )
}

/** Nobody but the merchant knows which account a key opens. */
function AccountChoice({ form }: { form: ConnectionForm }) {
  const { t } = useLanguage()
  return (
    <ChoiceList
      title={t('place.account')}
      choices={[
        { value: 'same', label: t('place.account.same'), helpText: t('place.account.same.help') },
        { value: 'other', label: t('place.account.other'), helpText: t('place.account.other.help') },
      ]}
      selected={[form.values.account]}
      onChange={([account]) => form.change({ account: account === 'other' ? 'other' : 'same' })}
    />
  )
}
