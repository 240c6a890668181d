import {
  BlockStack,
  Card,
  Layout,
  SkeletonBodyText,
  SkeletonDisplayText,
  SkeletonPage,
  Text,
} from '@shopify/polaris'
import { useLanguage } from './language-context'

/** The shape of a page while its data is on the way. */
export function PageSkeleton() {
  const { t } = useLanguage()
  return (
    <div aria-busy>
      <Text as="p" visuallyHidden>
        {t('loading')}
      </Text>
      <SkeletonPage title="">
        <Layout>
          <Layout.Section>
            <BlockStack gap="400">
              <CardSkeleton lines={3} />
              <CardSkeleton lines={6} />
            </BlockStack>
          </Layout.Section>
          <Layout.Section variant="oneThird">
            <CardSkeleton lines={4} />
          </Layout.Section>
        </Layout>
      </SkeletonPage>
    </div>
  )
}

function CardSkeleton({ lines }: { lines: number }) {
  return (
    <Card>
      <BlockStack gap="400">
        <SkeletonDisplayText size="small" />
        <SkeletonBodyText lines={lines} />
      </BlockStack>
    </Card>
  )
}
