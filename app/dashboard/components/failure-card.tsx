import { Link } from '@remix-run/react'
import { Badge, BlockStack, Button, Card, InlineStack, Text } from '@shopify/polaris'
import { failureTodo } from '../failure-kind'
import { type FailedRecord, type FailureGroup } from '../presenters/failures.server'
import { recordName } from '../record-name'
import styles from './dashboard.module.css'
import { FailureActions } from './failure-actions'
import { useLanguage } from './language-context'
import { Moment } from './moment'

/** The records that failed of one thing: what it is, what was said, what to do, and the latest of them. */
export function FailureCard({ group, now }: { group: FailureGroup; now: string }) {
  const { t, number } = useLanguage()
  const { resource, count, kind, complaint } = group
  return (
    <Card>
      <BlockStack gap="400">
        <BlockStack gap="200">
          <InlineStack gap="200" blockAlign="center">
            <Text as="h2" variant="headingMd">
              {t(`resource.${resource}`)}
            </Text>
            <Badge tone="critical">{number(count)}</Badge>
          </InlineStack>
          <Text as="p" fontWeight="semibold">
            {t(`failure.title.${kind}`)}
          </Text>
          <Said group={group} />
        </BlockStack>
        <BlockStack gap="100">
          <Text as="h3" variant="headingSm">
            {t('failure.todo')}
          </Text>
          <Text as="p">{t(failureTodo(kind, resource, complaint))}</Text>
        </BlockStack>
        <Latest group={group} now={now} />
        <FailureActions group={group} />
      </BlockStack>
    </Card>
  )
}

function Said({ group: { code, complaint } }: { group: FailureGroup }) {
  const { t, told } = useLanguage()
  return (
    <>
      {complaint && (
        <BlockStack gap="100">
          <Text as="p" variant="bodySm" tone="subdued">
            {t('failure.said')}
          </Text>
          <blockquote className={styles.quote}>{told(complaint)}</blockquote>
        </BlockStack>
      )}
      {code !== null && (
        <Text as="p" variant="bodySm" tone="subdued" breakWord>
          {t('failure.code', { code })}
        </Text>
      )}
    </>
  )
}

function Latest({ group: { resource, cause, count, latest }, now }: { group: FailureGroup; now: string }) {
  const { t } = useLanguage()
  return (
    latest.length > 0 && (
      <BlockStack gap="200">
        <Text as="h3" variant="headingSm">
          {t('failure.latest', { count })}
        </Text>
        <ul className={styles.examples}>
          {latest.map((record) => (
            <Failed key={record.id} record={record} now={now} />
          ))}
        </ul>
        {count > latest.length && (
          <InlineStack>
            <Button variant="plain" url={`/app/records?state=dead&resource=${resource}&why=${cause}`}>
              {t('failure.all', { count })}
            </Button>
          </InlineStack>
        )}
      </BlockStack>
    )
  )
}

function Failed({ record, now }: { record: FailedRecord; now: string }) {
  const language = useLanguage()
  return (
    <li>
      <InlineStack align="space-between" gap="200">
        <Link className={styles.rowLink} to={`/app/records/${record.id}`}>
          {recordName(language, record)}
        </Link>
        {record.diedAt && (
          <Text as="span" variant="bodySm" tone="subdued">
            <Moment at={record.diedAt} now={now} />
          </Text>
        )}
      </InlineStack>
      {record.words && (
        <Text as="p" variant="bodySm" tone="subdued" breakWord>
          {language.told(record.words)}
        </Text>
      )}
    </li>
  )
}
