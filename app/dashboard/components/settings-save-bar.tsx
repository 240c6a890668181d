import { useBeforeUnload, useBlocker } from '@remix-run/react'
import { SaveBar, type ShopifyGlobal } from '@shopify/app-bridge-react'
import { useCallback, useEffect } from 'react'
import { useLanguage } from './language-context'
import { useHydrated } from './use-hydrated'
import { type FormValues, type SettingsForm } from './use-settings-form'

const SAVE_BAR = 'settings-save-bar'

/**
 * The admin's bar with Save and Discard, while something is changed that is not saved. Leaving the page then is asked about by the admin.
 * (https://shopify.dev/docs/api/app-bridge-library/react-components/savebar-component)
 */
export function SettingsSaveBar<Values extends FormValues>(props: {
  form: SettingsForm<Values>
  onSave: () => void
}) {
  const { form, onSave } = props
  const { t } = useLanguage()
  useLeaveConfirmation(form.isDirty)
  if (!useHydrated()) return null
  return (
    <SaveBar id={SAVE_BAR} open={form.isDirty}>
      {/* App Bridge copies these into the admin, and reads `loading` as an attribute. */}
      <button variant="primary" onClick={onSave} {...(form.isSaving ? { loading: '', disabled: true } : {})}>
        {t('form.save')}
      </button>
      <button onClick={form.discard} {...(form.isSaving ? { disabled: true } : {})}>
        {t('form.discard')}
      </button>
    </SaveBar>
  )
}

/** Lets nobody leave the page with unsaved changes unasked. */
function useLeaveConfirmation(isDirty: boolean): void {
  const { state, proceed, reset, location } = useBlocker(
    ({ currentLocation, nextLocation }) => isDirty && currentLocation.pathname !== nextLocation.pathname,
  )
  useEffect(() => {
    if (state !== 'blocked') return
    const { shopify } = globalThis as { shopify?: ShopifyGlobal }
    const asked = shopify ? shopify.saveBar.leaveConfirmation() : Promise.resolve()
    void asked.then(proceed, reset)
    // A second wish to leave is asked about again.
  }, [state, location, proceed, reset])

  useBeforeUnload(useCallback((event: BeforeUnloadEvent) => isDirty && event.preventDefault(), [isDirty]))
}
