import { useRevalidator } from '@remix-run/react'
import { BlockStack, Button, Card, InlineStack, Page, Spinner, Text } from '@shopify/polaris'
import styles from './dashboard.module.css'
import { useLanguage } from './language-context'
import { useLive } from './use-live'

/** What a page can fail of, as far as a person must know. */
export type PageFailure = 'database' | 'unreachable' | 'missing' | 'unknown'

/** A page in the place of one that could not be shown. What may come back is asked for again by itself. */
export function ErrorPage({ failure }: { failure: PageFailure }) {
  switch (failure) {
    case 'missing':
      return <MissingPage />
    case 'database':
    case 'unreachable':
    case 'unknown':
      return <FailedPage failure={failure} />
  }
}

function MissingPage() {
  const { t } = useLanguage()
  return (
    <Page title={t('error.missing.title')}>
      <Card>
        <BlockStack gap="400" inlineAlign="start">
          <Text as="p">{t('error.missing.body')}</Text>
          <Button url="/app/activity">{t('error.missing.action')}</Button>
        </BlockStack>
      </Card>
    </Page>
  )
}

function FailedPage({ failure }: { failure: 'database' | 'unreachable' | 'unknown' }) {
  const { t } = useLanguage()
  const { revalidate } = useRevalidator()
  useLive()
  return (
    <Page title={t(`error.${failure}.title`)}>
      <Card>
        <BlockStack gap="400" inlineAlign="start">
          <Text as="p">{t(`error.${failure}.body`)}</Text>
          <InlineStack gap="300" blockAlign="center">
            <Button onClick={revalidate}>{t('error.retry')}</Button>
            <span className={styles.live}>
              <Spinner size="small" />
              <Text as="span" tone="subdued">
                {t('error.trying')}
              </Text>
            </span>
          </InlineStack>
        </BlockStack>
      </Card>
    </Page>
  )
}
