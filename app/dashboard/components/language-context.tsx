import { createContext, useContext, useMemo, type ReactNode } from 'react'
import { createLanguage, type Language } from '../language'

const LanguageContext = createContext(createLanguage({ locale: 'en', timeZone: null }))

/** Speaks to everything inside in one language, on one clock. */
export function LanguageProvider(props: { locale: string; timeZone: string | null; children: ReactNode }) {
  const { locale, timeZone, children } = props
  const language = useMemo(() => createLanguage({ locale, timeZone }), [locale, timeZone])
  return <LanguageContext.Provider value={language}>{children}</LanguageContext.Provider>
}

/** The words for this page. */
export function useLanguage(): Language {
  return useContext(LanguageContext)
}
