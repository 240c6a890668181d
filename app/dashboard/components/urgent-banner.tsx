import { Banner, Text } from '@shopify/polaris'
import { type Language } from '../language'
import { type Urgent } from '../urgent'
import { activityParams } from '../activity-query'
import { useLanguage } from './language-context'
import { useCommand } from './use-command'

/** The place on the Overview that the banner about privacy requests leads to. */
export const COMPLIANCE_ANCHOR = 'privacy-requests'

/** Names the command to send all that failed: what became of it stays on the page when the banner has gone. */
export const SEND_ALL = 'send all again'
const EVER = '1970-01-01T00:00:00Z'

interface BannerWords {
  tone: 'warning' | 'critical'
  title: string
  body: string
  action: { content: string; url: string }
}

/** The one most urgent thing, and what to do about it. */
export function UrgentBanner({ urgent }: { urgent: Urgent }) {
  const language = useLanguage()
  const { tone, title, body, action } = bannerWords(language, urgent)
  const { give, isUnderWay } = useCommand(SEND_ALL)
  const sendAll = {
    content: language.t('banner.failed.replay'),
    loading: isUnderWay,
    onAction: () => give({ intent: 'replay-dead', since: EVER }),
  }
  return (
    <Banner
      tone={tone}
      title={title}
      action={action}
      {...(urgent.kind === 'failed' ? { secondaryAction: sendAll } : {})}
    >
      <Text as="p">{body}</Text>
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
        body: t(`banner.${urgent.state}.body`),
        action: { content: t('banner.connection.action'), url: attemptsUrl(null) },
      }
    case 'failed':
      return {
        tone: 'critical',
        title: t('banner.failed.title', { count: urgent.count }),
        body: t('banner.failed.body'),
        action: { content: t('banner.failed.action'), url: attemptsUrl('rejected') },
      }
    case 'compliance':
      return {
        tone: urgent.overdue ? 'critical' : 'warning',
        title: t(urgent.overdue ? 'banner.compliance.overdue' : 'banner.compliance.title', {
          count: urgent.count,
        }),
        body: t('banner.compliance.body', { date: language.date(urgent.dueAt) }),
        action: { content: t('banner.compliance.action'), url: `#${COMPLIANCE_ANCHOR}` },
      }
  }
}

function attemptsUrl(outcome: 'rejected' | null): string {
  return `/app/activity${activityParams({ show: 'attempts', outcome, resource: null, place: null })}`
}
