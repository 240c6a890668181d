import { Badge, type BadgeProps } from '@shopify/polaris'
import {
  type AttemptOutcome,
  type ConnectionState,
  type EventOutcome,
  type RecordState,
} from '~/contracts/states'
import { type RunState } from '../run-words'
import { useLanguage } from './language-context'

/** How a state looks. A tone of undefined is neutral: no news, good or bad. */
interface Look {
  tone: BadgeProps['tone']
  progress: BadgeProps['progress']
}

const look = (tone?: BadgeProps['tone'], progress?: BadgeProps['progress']): Look => ({ tone, progress })

const RECORD_LOOK: Record<RecordState, Look> = {
  waiting: look('attention', 'incomplete'),
  delivering: look('info', 'partiallyComplete'),
  in_step: look('success', 'complete'),
  retrying: look('warning', 'partiallyComplete'),
  held: look('warning', 'incomplete'),
  dead: look('critical', 'incomplete'),
  excluded: look(),
  deleted: look(),
}

/** Total, so that a new outcome will not compile until it has a look. */
export const EVENT_LOOK: Record<EventOutcome, Look> = {
  changed: look('info'),
  unchanged: look(),
  outdated: look(),
  hint: look(),
  handled: look('success'),
  ignored: look(),
  not_installed: look(),
  unmapped: look('critical'),
}

/** Total likewise. */
export const ATTEMPT_LOOK: Record<AttemptOutcome, Look> = {
  in_flight: look('info', 'partiallyComplete'),
  delivered: look('success', 'complete'),
  superseded: look(),
  rejected: look('critical', 'incomplete'),
  waits: look('attention', 'incomplete'),
  misdirected: look('critical', 'incomplete'),
  unauthorised: look('critical', 'incomplete'),
  paused: look('warning', 'incomplete'),
  unavailable: look('warning', 'incomplete'),
  abandoned: look('warning', 'incomplete'),
}

/** Total likewise. */
export const RUN_LOOK: Record<RunState, Look> = {
  waiting: look('attention', 'incomplete'),
  running: look('info', 'partiallyComplete'),
  asking: look('attention', 'incomplete'),
  finished: look('success', 'complete'),
  failed: look('critical', 'incomplete'),
  cancelled: look(),
}

const CONNECTION_LOOK: Record<ConnectionState, Look> = {
  connected: look('success', 'complete'),
  refused: look('critical', 'incomplete'),
  misdirected: look('critical', 'incomplete'),
  paused: look('warning', 'incomplete'),
  unreachable: look('warning', 'incomplete'),
  not_connected: look('attention', 'incomplete'),
}

/** Where a record stands. */
export function RecordBadge({ state }: { state: RecordState }) {
  const { t } = useLanguage()
  return <StateBadge look={RECORD_LOOK[state]} words={t(`record.state.${state}`)} />
}

/** What became of an event. */
export function EventBadge({ outcome }: { outcome: EventOutcome }) {
  const { t } = useLanguage()
  return <StateBadge look={EVENT_LOOK[outcome]} words={t(`event.outcome.${outcome}`)} />
}

/** What an attempt came to. */
export function AttemptBadge({ outcome }: { outcome: AttemptOutcome }) {
  const { t } = useLanguage()
  return <StateBadge look={ATTEMPT_LOOK[outcome]} words={t(`attempt.outcome.${outcome}`)} />
}

/** Where a run stands. */
export function RunBadge({ state }: { state: RunState }) {
  const { t } = useLanguage()
  return <StateBadge look={RUN_LOOK[state]} words={t(`run.ends.${state}`)} />
}

/** How a connection is. */
export function ConnectionBadge({ state }: { state: ConnectionState }) {
  const { t } = useLanguage()
  return <StateBadge look={CONNECTION_LOOK[state]} words={t(`connection.state.${state}`)} />
}

function StateBadge({ look: { tone, progress }, words }: { look: Look; words: string }) {
  return (
    <Badge {...(tone ? { tone } : {})} {...(progress ? { progress } : {})}>
      {words}
    </Badge>
  )
}
