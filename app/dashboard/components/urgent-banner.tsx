import { Banner, Text } from '@shopify/polaris'
import { type Language } from '../language'
import { type Urgent } from '../urgent'
import { useLanguage } from './language-context'
import { RUN_ANCHOR } from './store-run-card'
import { useCommand } from './use-command'

/** The place on the Overview that the banner about privacy requests leads to. */
export const COMPLIANCE_ANCHOR = 'privacy-requests'

/** Names the command to send all that failed: what became of it stays on the page when the banner has gone. */
export const SEND_ALL = 'send all again'
const DELIVERIES = '/app/activity?show=attempts'
const EVER = '1970-01-01T00:00:00Z'

interface BannerWords {
  tone: 'info' | 'warning' | 'critical'
  title: string
  body: string[]
  /** Null where there is nothing to be done here. */
  action: { content: string; url: string } | null
}

/** The one most urgent thing, and what to do about it. */
export function UrgentBanner({ urgent }: { urgent: Urgent }) {
  const language = useLanguage()
  const { tone, title, body, action } = bannerWords(language, urgent)
  const { give, isUnderWay } = useCommand(SEND_ALL)
  const putAway = useCommand('put a notice away')
  const sendAll = {
    content: language.t('banner.failed.replay'),
    loading: isUnderWay,
    onAction: () => give({ intent: 'replay-dead', since: EVER }),
  }
  return (
    <Banner
      tone={tone}
      title={title}
      {...(action ? { action } : {})}
      {...(urgent.kind === 'failed' ? { secondaryAction: sendAll } : {})}
      {...(urgent.kind === 'reach'
        ? { onDismiss: () => putAway.give({ intent: 'dismiss-notice', notice: urgent.notice }) }
        : {})}
    >
      {body.map((words) => (
        <Text as="p" key={words}>
          {words}
        </Text>
      ))}
    </Banner>
  )
}

function bannerWords(language: Language, urgent: Urgent): BannerWords {
  const { t } = language
  switch (urgent.kind) {
    case 'connection':
      return {
        tone: urgent.state === 'refused' || urgent.state === 'misdirected' ? 'critical' : 'warning',
        title: t(`banner.${urgent.state}.title`),
        body: [t(`banner.${urgent.state}.body`)],
        action: connectionAction(language, urgent.state),
      }
    case 'failed':
      return {
        tone: 'critical',
        title: t('banner.failed.title', { count: urgent.count }),
        body: [t('banner.failed.body')],
        action: { content: t('banner.failed.action'), url: '/app/failures' },
      }
    case 'asking':
      return {
        tone: 'warning',
        title: t('banner.asking.title'),
        body: [t('banner.asking.body')],
        action: { content: t('banner.asking.action'), url: `#${RUN_ANCHOR}` },
      }
    case 'reach':
      return {
        tone: 'info',
        title: t('banner.reach.title'),
        body: reachWords(language, urgent),
        action: null,
      }
    case 'compliance':
      return {
        tone: urgent.overdue ? 'critical' : 'warning',
        title: t(urgent.overdue ? 'banner.compliance.overdue' : 'banner.compliance.title', {
          count: urgent.count,
        }),
        body: [t('banner.compliance.body', { date: language.date(urgent.dueAt) })],
        action: { content: t('banner.compliance.action'), url: `#${COMPLIANCE_ANCHOR}` },
      }
  }
}

/** Where a person can mend it, or, where only the SaaS can, see what it says. */
function connectionAction({ t }: Language, state: (Urgent & { kind: 'connection' })['state']) {
  switch (state) {
    case 'refused':
    case 'misdirected':
    case 'not_connected':
      return { content: t('banner.connection.check'), url: '/app/settings/connection' }
    case 'paused':
    case 'unreachable':
      return { content: t('banner.connection.action'), url: DELIVERIES }
  }
}

function reachWords({ t, told }: Language, { words, denied }: Urgent & { kind: 'reach' }): string[] {
  const fields = denied.join(', ')
  return [...words.map(told), ...(denied.length === 0 ? [] : [t('banner.reach.denied', { fields })])]
}
