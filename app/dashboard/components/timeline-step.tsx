import { Link } from '@remix-run/react'
import { Text } from '@shopify/polaris'
import { type ReactNode } from 'react'
import {
  type TimelineAttempt,
  type TimelineEvent,
  type TimelineGroup,
  type TimelineMove,
} from '../group-timeline'
import { AttemptBadge, EventBadge } from './badges'
import dashboard from './dashboard.module.css'
import { useLanguage } from './language-context'
import { Moment } from './moment'
import styles from './timeline.module.css'

interface TimelineStepProps {
  group: TimelineGroup
  /** Whether there is more of the timeline further down. */
  hasOlder: boolean
  now: string
}

/** Something that happened to a record, with the calls that it led to. */
export function TimelineStep({ group: { head, attempts }, hasOlder, now }: TimelineStepProps) {
  return (
    <li className={styles.step}>
      {head === null && <Unled hasOlder={hasOlder} />}
      {head?.kind === 'event' && <Event event={head} now={now} />}
      {head?.kind === 'move' && <Move move={head} now={now} />}
      {attempts.length > 0 && (
        <ol className={styles.calls}>
          {attempts.map((attempt) => (
            <Call key={attempt.id} attempt={attempt} now={now} />
          ))}
        </ol>
      )}
    </li>
  )
}

function Head({ title, badge, children }: { title: ReactNode; badge?: ReactNode; children: ReactNode }) {
  return (
    <div className={styles.head}>
      <div className={styles.line}>
        {title}
        {badge}
      </div>
      {children}
    </div>
  )
}

function Told({ children }: { children: ReactNode }) {
  return (
    <Text as="p" tone="subdued" breakWord>
      {children}
    </Text>
  )
}

function Event({ event, now }: { event: TimelineEvent; now: string }) {
  const language = useLanguage()
  const { t, told } = language
  const { outcome, detail, duplicates, lastDuplicateAt, replayedAt } = event
  const title = (
    <Link className={dashboard.rowLink} to={`/app/activity/events/${event.id}`}>
      {language.topic(event.topic)}
    </Link>
  )
  return (
    <Head title={title} badge={<EventBadge outcome={outcome} />}>
      <Told>
        <Moment at={event.at} now={now} />
      </Told>
      <Told>{t(`event.meaning.${outcome}`)}</Told>
      {outcome === 'unmapped' && detail !== null && <Told>{told(detail)}</Told>}
      {replayedAt !== null && (
        <Told>{t('story.replayed', { when: language.relative(replayedAt, now) })}</Told>
      )}
      {lastDuplicateAt !== null && (
        <Told>{t('story.again', { count: duplicates, when: language.relative(lastDuplicateAt, now) })}</Told>
      )}
    </Head>
  )
}

function Move({ move: { by, at }, now }: { move: TimelineMove; now: string }) {
  const { t } = useLanguage()
  return (
    <Head
      title={
        <Text as="span" fontWeight="semibold">
          {t(`story.move.${by}`)}
        </Text>
      }
    >
      <Told>
        <Moment at={at} now={now} />
      </Told>
      <Told>{t(`story.move.${by}.why`)}</Told>
    </Head>
  )
}

/** Calls without anything on the page that led to them. */
function Unled({ hasOlder }: { hasOlder: boolean }) {
  const { t } = useLanguage()
  const words = hasOlder ? 'story.earlier' : 'story.anew'
  return (
    <Head
      title={
        <Text as="span" fontWeight="semibold">
          {t(words)}
        </Text>
      }
    >
      <Told>{t(`${words}.why`)}</Told>
    </Head>
  )
}

function Call({ attempt, now }: { attempt: TimelineAttempt; now: string }) {
  const { t, told, duration, number } = useLanguage()
  const { id, at, endedAt, outcome, detail } = attempt
  const took = duration(Date.parse(endedAt ?? now) - Date.parse(at))
  return (
    <li className={styles.call}>
      <div className={styles.line}>
        <Link className={dashboard.rowLink} to={`/app/activity/attempts/${id}`}>
          {t(`story.call.${outcome}`, { duration: took })}
        </Link>
        <AttemptBadge outcome={outcome} />
      </div>
      <Told>
        <Moment at={at} now={now} />
        {attempt.number > 1 && ` · ${t('story.try', { number: number(attempt.number) })}`}
      </Told>
      {detail !== null && outcome !== 'delivered' && <Told>{told(detail)}</Told>}
    </li>
  )
}
