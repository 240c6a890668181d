import { BlockStack, ChoiceList, Text } from '@shopify/polaris'
import { useState } from 'react'
import { type KeepDays } from '~/contracts/keep-days'
import { PERSONAL_FIELDS, type PiiPolicy } from '~/contracts/resource'
import { type PrivacyView } from '../presenters/privacy-page.server'
import { ConfirmModal } from './confirm-modal'
import { KeepCard } from './keep-card'
import { useLanguage } from './language-context'
import { POLICIES, PreviewCard } from './preview-card'
import { SettingsPage } from './settings-page'
import { TitledCard } from './titled-card'
import { type SettingsForm, useSettingsForm } from './use-settings-form'

/** A type, not an interface: the form takes records of values. */
export type PrivacyValues = { policy: PiiPolicy } & Record<keyof KeepDays, string>

/** What personal data leaves, field by field, and for how long what is kept is kept. */
export function PrivacyPage({ view }: { view: PrivacyView }) {
  const { t } = useLanguage()
  const form = useSettingsForm<PrivacyValues>({
    key: 'privacy',
    saved: { policy: view.policy, ...textsOf(view.days) },
    command: (values) => ({ intent: 'save-privacy', ...values }),
  })
  const [isAsking, setAsking] = useState(false)
  const isOther = form.values.policy !== view.policy
  return (
    <SettingsPage
      title={t('settings.privacy.title')}
      subtitle={t('privacy.about')}
      form={form}
      {...(isOther ? { onSave: () => setAsking(true) } : {})}
    >
      <Policy form={form} saved={view.policy} />
      {view.previews.map((preview) => (
        <PreviewCard key={preview.resource} preview={preview} />
      ))}
      <KeepCard form={form} />
      <ConfirmModal
        id="change-policy"
        isOpen={isAsking}
        title={t('privacy.confirm.title')}
        action={t('privacy.confirm.action')}
        isDestructive={!isLooser(view.policy, form.values.policy)}
        onConfirm={form.save}
        onClose={() => setAsking(false)}
      >
        <Effect from={view.policy} to={form.values.policy} />
      </ConfirmModal>
    </SettingsPage>
  )
}

function Policy({ form, saved }: { form: SettingsForm<PrivacyValues>; saved: PiiPolicy }) {
  const { t } = useLanguage()
  const { policy } = form.values
  const error = form.error('policy')
  return (
    <TitledCard title={t('privacy.policy')}>
      <ChoiceList
        title={t('privacy.policy')}
        titleHidden
        choices={POLICIES.map((each) => ({
          value: each,
          label: t(`privacy.policy.${each}`),
          helpText: t(`privacy.policy.${each}.help`),
        }))}
        selected={[policy]}
        onChange={([chosen]) => form.change({ policy: POLICIES.find((each) => each === chosen) ?? saved })}
        {...(error ? { error } : {})}
      />
      {policy !== saved && <Text as="p">{t(isLooser(saved, policy) ? 'privacy.up' : 'privacy.down')}</Text>}
    </TitledCard>
  )
}

function Effect({ from, to }: { from: PiiPolicy; to: PiiPolicy }) {
  const { t } = useLanguage()
  return (
    <BlockStack gap="300">
      <Text as="p">
        {t('privacy.confirm.from_to', { from: t(`privacy.policy.${from}`), to: t(`privacy.policy.${to}`) })}
      </Text>
      <Text as="p">{t(isLooser(from, to) ? 'privacy.up' : 'privacy.down')}</Text>
    </BlockStack>
  )
}

/** Whether the second lets out what the first does not. */
function isLooser(from: PiiPolicy, to: PiiPolicy): boolean {
  return PERSONAL_FIELDS[to].some((field) => !PERSONAL_FIELDS[from].includes(field))
}

function textsOf({ payloadDays, historyDays, statisticDays }: KeepDays): Record<keyof KeepDays, string> {
  return {
    payloadDays: String(payloadDays),
    historyDays: String(historyDays),
    statisticDays: String(statisticDays),
  }
}
