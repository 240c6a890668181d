import { useLanguage } from './language-context'
import styles from './dashboard.module.css'

/** How long ago an instant was; the exact time, on the shop's clock, on hover and for machines. */
export function Moment({ at, now }: { at: string; now: string }) {
  const language = useLanguage()
  // The exact time is spelled slightly differently by the server's and the browser's tables of the world's languages.
  return (
    <time className={styles.when} dateTime={at} title={language.time(at)} suppressHydrationWarning>
      {language.relative(at, now)}
    </time>
  )
}

/** An exact instant on the shop's clock. */
export function ExactTime({ at }: { at: string }) {
  const language = useLanguage()
  return (
    <time dateTime={at} suppressHydrationWarning>
      {language.time(at)}
    </time>
  )
}
