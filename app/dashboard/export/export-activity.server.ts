import { type Database } from '~/db.server'
import { type ActivityQuery, type Place } from '../activity-query'
import { type Language } from '../language'
import { ATTEMPT_COLUMNS, AttemptRowShape, type AttemptRow } from '../presenters/attempt-rows.server'
import { EVENT_COLUMNS, EventRowShape, type EventRow } from '../presenters/event-rows.server'
import { listRows } from '../presenters/list-rows.server'
import { type ShopScope } from '../presenters/scope.server'
import { spanOf } from '../presenters/span-of'
import { BYTE_ORDER_MARK, csvLine } from './csv'
import { MOST_EXPORTED, type ExportQuery } from './export-query'

/** How many rows are in memory at once. */
const PAGE = 1_000

interface Limits {
  most?: number
  page?: number
}

/**
 * Events or attempts of a shop as CSV, newest first, page by page: what the filters of the Activity page let through. Nothing in it is
 * personal data. Where there is more than one file may hold, the last line says so.
 */
export async function* exportActivity(
  db: Database,
  scope: ShopScope,
  query: ExportQuery,
  language: Language,
  { most = MOST_EXPORTED, page = PAGE }: Limits = {},
): AsyncGenerator<string> {
  const { heads, lineOf } = sheetOf(query, language)
  yield BYTE_ORDER_MARK + csvLine(heads)

  let written = 0
  for await (const rows of pagesOf(db, scope, query, page)) {
    const kept = rows.slice(0, most - written)
    yield kept.map((row) => csvLine(lineOf(row))).join('')
    written += kept.length
    if (kept.length < rows.length) {
      yield csvLine([language.t('export.cut', { count: most })])
      return
    }
  }
}

interface Sheet {
  heads: string[]
  lineOf(row: unknown): (string | number | null)[]
}

function sheetOf({ show }: ExportQuery, language: Language): Sheet {
  return show === 'events'
    ? { heads: eventHeads(language), lineOf: (row) => eventLine(language, EventRowShape.parse(row)) }
    : { heads: attemptHeads(language), lineOf: (row) => attemptLine(language, AttemptRowShape.parse(row)) }
}

async function* pagesOf(
  db: Database,
  scope: ShopScope,
  query: ExportQuery,
  limit: number,
): AsyncGenerator<unknown[]> {
  const table = query.show === 'events' ? ('WebhookEvent' as const) : ('SyncAttempt' as const)
  const columns = query.show === 'events' ? EVENT_COLUMNS : ATTEMPT_COLUMNS
  const { outcome, resource } = query
  const topic = query.show === 'events' ? query.topic : null
  const filters = { outcome, resource, topic, span: spanOf(query, scope.timeZone) }
  let place: Place = null
  do {
    const read = await listRows(db, scope, { table, columns, ...filters, place, limit })
    // What the last page ended with has been forgotten meanwhile, and all that is older with it.
    if (place !== null && read.place === null) return
    const rows = read.rows.slice(0, limit)
    if (rows.length > 0) yield rows
    const next: string | null = read.rows.length > limit ? idOf(rows.at(-1)) : read.searchedTo
    place = next === null ? null : { after: next }
  } while (place !== null)
}

function idOf(row: unknown): string | null {
  return typeof row === 'object' && row !== null && 'id' in row ? String(row.id) : null
}

function eventHeads({ t }: Language): string[] {
  return [
    t('export.time'),
    t('event.topic'),
    t('activity.filter.resource'),
    t('export.id'),
    t('activity.column.outcome'),
    t('export.reason'),
    t('activity.column.state'),
    t('activity.test'),
  ]
}

function eventLine({ t, told }: Language, event: EventRow): (string | null)[] {
  const { receivedAt, topic, resource, externalId, outcome, detail, recordState, isTest } = event
  return [
    receivedAt,
    topic,
    resource && t(`resource.one.${resource}`),
    externalId,
    t(`event.outcome.${outcome}`),
    detail === null ? t(`event.meaning.${outcome}`) : told(detail),
    recordState && t(`record.state.${recordState}`),
    isTest ? t('activity.test') : null,
  ]
}

function attemptHeads({ t }: Language): string[] {
  return [
    t('export.time'),
    t('export.ended'),
    t('activity.filter.resource'),
    t('export.id'),
    t('attempt.action'),
    t('attempt.number'),
    t('activity.column.outcome'),
    t('attempt.status'),
    t('export.reason'),
  ]
}

function attemptLine({ t, told }: Language, attempt: AttemptRow): (string | number | null)[] {
  const { startedAt, endedAt, resource, externalId, action, number, outcome, httpStatus, detail } = attempt
  return [
    startedAt,
    endedAt,
    t(`resource.one.${resource}`),
    externalId,
    t(`action.${action}`),
    number,
    t(`attempt.outcome.${outcome}`),
    httpStatus,
    detail === null ? t(`attempt.meaning.${outcome}`) : told(detail),
  ]
}

/** What a query may be exported as; null for lists of which there is no file. */
export function exportQueryOf(query: ActivityQuery): ExportQuery | null {
  return query.show === 'events' || query.show === 'attempts' ? { ...query, place: null } : null
}
