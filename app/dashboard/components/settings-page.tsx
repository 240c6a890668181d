import { Banner, BlockStack, Box, Page } from '@shopify/polaris'
import { type FormEvent, type ReactNode, useRef } from 'react'
import { commandWords } from './command-words'
import { useLanguage } from './language-context'
import { SettingsSaveBar } from './settings-save-bar'
import { useAnswerToast } from './use-command'
import { type FormValues, type SettingsForm } from './use-settings-form'
import { useSettled } from './use-settled'

/** A field that is told to be wrong; of several choices, the first. */
const WRONG = ':is(input, select, textarea)[aria-invalid="true"], fieldset[aria-invalid="true"] input'

interface SettingsPageProps<Values extends FormValues> {
  title: string
  subtitle?: string
  form: SettingsForm<Values>
  /** Where saving is to be confirmed first: what Save does instead of `form.save`. */
  onSave?: () => void
  /** The cards with the fields. */
  children: ReactNode
  /** What stands above the form, and is no part of it. */
  above?: ReactNode
  /** What stands below the form, and is no part of it. */
  beside?: ReactNode
}

/** A page of the settings: the way back to them, a form, and the admin's own bar to save it or discard what was changed. */
export function SettingsPage<Values extends FormValues>(props: SettingsPageProps<Values>) {
  const { title, subtitle, form, children, above, beside } = props
  const { t } = useLanguage()
  const save = props.onSave ?? form.save
  const element = useRef<HTMLFormElement>(null)
  useAnswerToast(form.answer)
  // Whoever saved is taken to the first field that needs another look.
  useSettled(form.answer, form.isSaving, () => element.current?.querySelector<HTMLElement>(WRONG)?.focus())
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (form.isDirty) save()
  }
  return (
    <Page
      title={title}
      {...(subtitle ? { subtitle } : {})}
      backAction={{ content: t('nav.settings'), url: '/app/settings' }}
    >
      <SettingsSaveBar form={form} onSave={save} />
      <Refusal form={form} />
      <BlockStack gap="400">
        {above}
        <form ref={element} onSubmit={submit} noValidate aria-busy={form.isSaving}>
          <BlockStack gap="400">{children}</BlockStack>
          {/* A form of several fields is sent by Enter only where it has a button to press. */}
          <button type="submit" hidden />
        </form>
        {beside}
      </BlockStack>
      <Box paddingBlockEnd="800" />
    </Page>
  )
}

/** What became of the form stands on the page, too: a toast is gone soon. */
function Refusal<Values extends FormValues>({ form }: { form: SettingsForm<Values> }) {
  const language = useLanguage()
  const { answer, isSaving } = form
  return (
    <div role="status">
      {answer !== null && !isSaving && !(answer.ok && form.isDirty) && (
        <Box paddingBlockEnd="400">
          <Banner tone={answer.ok ? 'success' : 'critical'}>{commandWords(language, answer)}</Banner>
        </Box>
      )}
    </div>
  )
}
