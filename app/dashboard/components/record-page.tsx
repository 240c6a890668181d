import { BlockStack, Box, Layout, Page } from '@shopify/polaris'
import { type RecordPage as RecordPageData } from '../presenters/record-page.server'
import { recordName } from '../record-name'
import { isOfPerson } from '../reveal/permitted'
import { RecordBadge } from './badges'
import { ContentCard } from './content-card'
import { useLanguage } from './language-context'
import { PersonalDataButton } from './personal-data-button'
import { RecordFactsCard } from './record-facts-card'
import { RecordStandCard } from './record-stand-card'
import { TimelineCard } from './timeline-card'
import { usePersonalData } from './use-personal-data'

/** One record: where it stands, what it should be beside what the SaaS has, and what has happened to it. */
export function RecordPage({ page }: { page: RecordPageData }) {
  const language = useLanguage()
  const { t } = language
  const { record, adminUrl } = page
  const personal = usePersonalData('record', [record.id])
  const { name, content } = personal.shown ?? page
  const called = recordName(language, record)
  return (
    <Page
      title={name ?? called}
      {...(name === null ? {} : { subtitle: called })}
      backAction={{ content: t('recordPage.back'), url: '/app/records' }}
      titleMetadata={<RecordBadge state={record.state} />}
      secondaryActions={
        adminUrl === null ? [] : [{ content: t('recordPage.open'), url: adminUrl, target: '_blank' }]
      }
    >
      <Layout>
        <Layout.Section>
          <BlockStack gap="400">
            <RecordStandCard record={record} now={page.now} />
            {isOfPerson(record.resource) && (
              <Box paddingInline={{ xs: '400', sm: '0' }}>
                <PersonalDataButton data={personal} />
              </Box>
            )}
            <ContentCard content={content} isUnanswered={page.isUnanswered} />
            <TimelineCard timeline={page.timeline} recordId={record.id} now={page.now} />
          </BlockStack>
        </Layout.Section>
        <Layout.Section variant="oneThird">
          <RecordFactsCard page={page} />
        </Layout.Section>
      </Layout>
      <Box paddingBlockEnd="800" />
    </Page>
  )
}
