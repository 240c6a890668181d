import { Badge, BlockStack, Box, Layout, Page, Text } from '@shopify/polaris'
import { type Language } from '../language'
import { type RunPage as RunPageData, type SliceRow } from '../presenters/run-page.server'
import { type SliceState } from '../run-progress'
import { RunBadge } from './badges'
import { Facts } from './facts'
import { useLanguage } from './language-context'
import { ExactTime } from './moment'
import { Cell, Row, Table } from './table'
import { TableCard } from './table-card'
import { TitledCard } from './titled-card'

/** One look through a store, or at the records: what came of it, in all and part by part. */
export function RunPage({ run }: { run: RunPageData }) {
  const language = useLanguage()
  const { t } = language
  return (
    <Page
      title={t(`run.kind.${run.kind}`)}
      backAction={{ content: t('event.back'), url: '/app/activity?show=runs' }}
      titleMetadata={<RunBadge state={run.state} />}
    >
      <Layout>
        <Layout.Section>
          <BlockStack gap="400">
            <TitledCard title={t('run.what')}>
              <Text as="p">{outcomeWords(language, run)}</Text>
            </TitledCard>
            <Parts slices={run.slices} />
          </BlockStack>
        </Layout.Section>
        <Layout.Section variant="oneThird">
          <TitledCard title={t('event.facts')}>
            <Facts facts={factsOf(language, run)} />
          </TitledCard>
        </Layout.Section>
      </Layout>
      <Box paddingBlockEnd="800" />
    </Page>
  )
}

function outcomeWords({ t, told }: Language, { words, endedAt }: RunPageData): string {
  if (words !== null) return told(words)
  return t(endedAt === null ? 'run.what.open' : 'run.what.none')
}

function factsOf({ t, number, duration }: Language, run: RunPageData) {
  const { startedAt, endedAt, done, total, changed, gone, resource } = run
  const looked = total === null ? number(done) : t('run.looked.of', { done, total })
  return [
    { name: t('run.about'), value: t(resource === null ? 'run.all' : `resource.${resource}`) },
    { name: t('run.began'), value: <ExactTime at={startedAt} /> },
    ...(endedAt
      ? [
          { name: t('run.ended'), value: <ExactTime at={endedAt} /> },
          { name: t('run.took'), value: duration(Date.parse(endedAt) - Date.parse(startedAt)) },
        ]
      : []),
    { name: t('run.looked'), value: looked },
    { name: t('run.differed'), value: number(changed) },
    ...(gone === null ? [] : [{ name: t('run.gone'), value: number(gone) }]),
  ]
}

function Parts({ slices }: { slices: SliceRow[] }) {
  const { t } = useLanguage()
  const columns = [
    { label: t('run.column.part'), width: 'minmax(0, 1fr)' },
    { label: t('run.column.state'), width: '9rem' },
    { label: t('run.column.read'), width: '7rem' },
    { label: t('run.column.changed'), width: '5rem', end: true },
  ]
  return (
    <TableCard title={t('run.parts')} empty={slices.length > 0 ? null : t('run.parts.none')}>
      <Table label={t('run.parts')} columns={columns}>
        {slices.map((slice) => (
          <Part key={slice.id} slice={slice} />
        ))}
      </Table>
    </TableCard>
  )
}

const TONE = {
  waiting: 'attention',
  exporting: 'info',
  reading: 'info',
  finished: 'success',
  failed: 'critical',
  skipped: 'read-only',
  cancelled: 'read-only',
} as const satisfies Record<SliceState, string>

function Part({ slice }: { slice: SliceRow }) {
  const language = useLanguage()
  const { t, told, number } = language
  const { resource, state, read, records, changed, faulty, words } = slice
  const notes = [
    span(language, slice),
    words && told(words),
    faulty > 0 ? t('run.faulty', { count: faulty }) : null,
  ]
  return (
    <Row>
      <Cell wide>
        <Text as="span" fontWeight="semibold">
          {t(`resource.${resource}`)}
        </Text>
        <Text as="p" variant="bodySm" tone="subdued">
          {notes.filter(Boolean).join(' · ')}
        </Text>
      </Cell>
      <Cell>
        <Badge tone={TONE[state]}>{t(`progress.${state}`)}</Badge>
      </Cell>
      <Cell label={t('run.column.read')}>
        {records === null ? number(read) : t('run.looked.of', { done: read, total: records })}
      </Cell>
      <Cell end label={t('run.column.changed')}>
        {number(changed)}
      </Cell>
    </Row>
  )
}

function span({ t, date }: Language, { createdFrom, createdUntil, updatedFrom }: SliceRow): string {
  if (updatedFrom) return t('run.part.updated.since', { from: date(updatedFrom) })
  if (createdFrom && createdUntil)
    return t('run.part.created.between', { from: date(createdFrom), until: date(createdUntil) })
  if (createdFrom) return t('run.part.created.since', { from: date(createdFrom) })
  if (createdUntil) return t('run.part.created.until', { until: date(createdUntil) })
  return t('run.part.all')
}
