import { type Language } from '../language'
import { type RecordPage } from '../presenters/record-page.server'
import { Code, Facts } from './facts'
import { useLanguage } from './language-context'
import { ExactTime } from './moment'
import { TitledCard } from './titled-card'

/** What there is to know of a record beside its content: ids, versions and times. */
export function RecordFactsCard({ page }: { page: RecordPage }) {
  const language = useLanguage()
  return (
    <TitledCard title={language.t('recordPage.facts')}>
      <Facts facts={factsOf(language, page)} />
    </TitledCard>
  )
}

function factsOf({ t }: Language, { record, facts }: RecordPage) {
  const { saasId, deliveredRevision, version, desiredAt, desiredBy, traceId } = facts
  return [
    { name: t('event.platform'), value: t(`platform.${facts.platform}`) },
    { name: t('event.store'), value: facts.store },
    { name: t('recordPage.id.store'), value: <Code>{record.externalId}</Code> },
    ...(saasId ? [{ name: t('recordPage.id.saas'), value: <Code>{saasId}</Code> }] : []),
    ...(version ? [{ name: t('recordPage.version'), value: <ExactTime at={version} /> }] : []),
    { name: t('recordPage.revision'), value: <Code>{facts.revision}</Code> },
    ...(deliveredRevision
      ? [{ name: t('recordPage.revision.taken'), value: <Code>{deliveredRevision}</Code> }]
      : []),
    ...(desiredAt ? [{ name: t('recordPage.moved'), value: <ExactTime at={desiredAt} /> }] : []),
    ...(desiredBy ? [{ name: t('recordPage.movedBy'), value: t(`movedBy.${desiredBy}`) }] : []),
    { name: t('recordPage.first'), value: <ExactTime at={facts.createdAt} /> },
    ...(traceId ? [{ name: t('recordPage.trace'), value: <Code>{traceId}</Code> }] : []),
    { name: t('recordPage.id.own'), value: <Code>{record.id}</Code> },
  ]
}
