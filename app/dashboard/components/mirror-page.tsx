import { Banner, BlockStack, Checkbox, Text } from '@shopify/polaris'
import { type Language } from '../language'
import { type MirrorChoice, type MirrorView } from '../presenters/mirror-page.server'
import { useLanguage } from './language-context'
import { LeftCard } from './left-card'
import { RemovalCard } from './removal-card'
import { SettingsPage } from './settings-page'
import { TitledCard } from './titled-card'
import { type SettingsForm, useSettingsForm } from './use-settings-form'

// A type, not an interface: the form takes records of values.
type MirrorValues = { resources: readonly string[]; includeTestOrders: boolean }

/** Which kinds of record are mirrored, and what is done with those that are not any more. */
export function MirrorPage({ view }: { view: MirrorView }) {
  const { t } = useLanguage()
  const form = useSettingsForm<MirrorValues>({
    key: 'mirror',
    saved: { resources: view.selected, includeTestOrders: view.includeTestOrders },
    command: ({ resources, includeTestOrders }) => ({
      intent: 'save-mirror',
      resources,
      includeTestOrders: String(includeTestOrders),
    }),
  })
  return (
    <SettingsPage
      title={t('settings.mirror.title')}
      subtitle={t('mirror.about')}
      form={form}
      beside={<Beside view={view} />}
    >
      {form.values.resources.length === 0 && (
        <Banner tone="warning" title={t('mirror.nothing.title')}>
          {t('mirror.nothing.body')}
        </Banner>
      )}
      <Choices form={form} view={view} />
      <TestOrders form={form} />
    </SettingsPage>
  )
}

function Choices({ form, view }: { form: SettingsForm<MirrorValues>; view: MirrorView }) {
  const language = useLanguage()
  const { resources } = form.values
  return (
    <TitledCard title={language.t('mirror.what')}>
      <BlockStack gap="300">
        {view.choices.map((choice) => {
          const { resource } = choice
          const isChosen = resources.includes(resource)
          const others = resources.filter((one) => one !== resource)
          return (
            <Checkbox
              key={resource}
              label={language.t(`resource.${resource}`)}
              checked={isChosen}
              error={form.error('resources')}
              helpText={helpOf(language, choice, isChosen, view.selected.includes(resource))}
              onChange={(isNow) => form.change({ resources: isNow ? [...others, resource] : others })}
            />
          )
        })}
      </BlockStack>
    </TitledCard>
  )
}

function helpOf(
  { t, told }: Language,
  { known, words }: MirrorChoice,
  isChosen: boolean,
  wasChosen: boolean,
): React.ReactNode {
  const change = isChosen === wasChosen ? null : t(isChosen ? 'mirror.begins' : 'mirror.stops')
  return [t('mirror.known', { count: known }), change, words && told(words)].filter(Boolean).map((line) => (
    <Text key={line} as="p" tone="subdued">
      {line}
    </Text>
  ))
}

function TestOrders({ form }: { form: SettingsForm<MirrorValues> }) {
  const { t } = useLanguage()
  const { resources, includeTestOrders } = form.values
  const hasOrders = resources.includes('order')
  return (
    <TitledCard title={t('mirror.tests')}>
      {hasOrders ? (
        <Checkbox
          label={t('mirror.tests.include')}
          checked={includeTestOrders}
          helpText={t('mirror.tests.help')}
          error={form.error('includeTestOrders')}
          onChange={(isNow) => form.change({ includeTestOrders: isNow })}
        />
      ) : (
        <Text as="p" tone="subdued">
          {t('mirror.tests.off')}
        </Text>
      )}
    </TitledCard>
  )
}

function Beside({ view: { left, removals, isSettling } }: { view: MirrorView }) {
  const waiting = left.filter(({ resource }) => !removals.some((one) => one.resource === resource))
  return (
    <BlockStack gap="400">
      {removals.map((removal) => (
        <RemovalCard key={removal.id} removal={removal} />
      ))}
      <LeftCard left={waiting} isSettling={isSettling} />
    </BlockStack>
  )
}
