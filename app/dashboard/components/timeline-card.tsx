import { Button, InlineStack, Text } from '@shopify/polaris'
import { type Timeline } from '../presenters/timeline.server'
import { useLanguage } from './language-context'
import styles from './timeline.module.css'
import { TimelineStep } from './timeline-step'
import { TitledCard } from './titled-card'

interface TimelineCardProps {
  timeline: Timeline
  recordId: string
  now: string
}

/** What has happened to a record, newest first: what arrived, what it did, and the calls that it led to. */
export function TimelineCard({ timeline: { groups, older, isNewest }, recordId, now }: TimelineCardProps) {
  const { t } = useLanguage()
  const path = `/app/records/${recordId}`
  return (
    <TitledCard title={t('story.title')}>
      {groups.length === 0 && (
        <Text as="p" tone="subdued">
          {t('story.empty')}
        </Text>
      )}
      <ol className={styles.story}>
        {groups.map((group) => (
          <TimelineStep key={keyOf(group)} group={group} hasOlder={older !== null} now={now} />
        ))}
      </ol>
      {(older !== null || !isNewest) && (
        <nav aria-label={t('story.pages')}>
          <InlineStack gap="200">
            {!isNewest && <Button url={path}>{t('story.newest')}</Button>}
            {older !== null && (
              <Button url={`${path}?before=${encodeURIComponent(older)}`}>{t('story.older')}</Button>
            )}
          </InlineStack>
        </nav>
      )}
    </TitledCard>
  )
}

function keyOf({ head, attempts }: Timeline['groups'][number]): string {
  if (head === null) return `calls ${attempts[0]?.id}`
  return head.kind === 'event' ? head.id : `${head.kind} ${head.at}`
}
