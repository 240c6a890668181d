import { Link } from '@remix-run/react'
import { NavMenu } from '@shopify/app-bridge-react'
import styles from './dashboard.module.css'
import { useLanguage } from './language-context'

/** The app's items in the admin's own navigation. The home page has none there: the app's name is it. */
export function Navigation() {
  const { t } = useLanguage()
  return (
    <div className={styles.navigation}>
      <NavMenu>
        <Link to="/app" rel="home">
          {t('nav.overview')}
        </Link>
        <Link to="/app/records">{t('nav.records')}</Link>
        <Link to="/app/failures">{t('nav.failures')}</Link>
        <Link to="/app/activity">{t('nav.activity')}</Link>
        <Link to="/app/settings">{t('nav.settings')}</Link>
      </NavMenu>
    </div>
  )
}
