import { Resource } from '~/contracts/resource'
import { type Database } from '~/db.server'
import { type Clock } from '~/lib/time'
import { countRecords, type RecordCount } from '~/records/count-records'
import { countByResource, parityOf, sumOf, type Parity, type ResourceCounts } from '../parity'
import { type ChartRange } from '../chart-range'
import { noticeOf } from '../reach-notice.server'
import { mostUrgent, type Urgent } from '../urgent'
import { presentCompliance, type ComplianceView } from './compliance.server'
import { presentConnection, type ConnectionView } from './connection.server'
import { type Deliveries, presentDeliveries } from './deliveries.server'
import { presentDismissals } from './dismissals.server'
import { presentLatestEvents, type EventRow } from './event-rows.server'
import { type FreshnessView, presentFreshness } from './freshness.server'
import { findFirstSync, type Onboarding, onboardingOf } from './onboarding.server'
import { presentReach, type ReachView } from './reach.server'
import { presentRemovals, type RemovalView } from './removals.server'
import { presentRuns, type RunsView } from './runs.server'
import { type ShopScope } from './scope.server'

const LATEST_EVENTS = 10

/** What the Overview page shows. */
export interface Overview {
  /** When this was read, ISO 8601. */
  now: string
  parity: Parity
  /** Whether there is any record at all. */
  hasRecords: boolean
  resources: ResourceCounts[]
  freshness: FreshnessView
  /** The first steps; null when they are behind, or were put away. */
  onboarding: Onboarding | null
  deliveries: Deliveries
  /** What of the store is out of reach. */
  reach: ReachView[]
  connection: ConnectionView | null
  urgent: Urgent | null
  runs: RunsView
  /** What is being removed from the SaaS. */
  removals: RemovalView[]
  compliance: ComplianceView[]
  events: EventRow[]
}

/** Reads the Overview of a shop. */
export async function presentOverview(
  db: Database,
  scope: ShopScope,
  range: ChartRange,
  clock: Clock,
): Promise<Overview> {
  const now = clock()
  const [
    rows,
    freshness,
    deliveries,
    dismissed,
    firstSyncAt,
    reach,
    connection,
    runs,
    compliance,
    events,
    removals,
  ] = await Promise.all([
    countRecords(db, scope.sourceIds),
    presentFreshness(db, scope, now),
    presentDeliveries(db, scope, range, now),
    presentDismissals(db, scope),
    findFirstSync(db, scope),
    presentReach(db, scope),
    presentConnection(db, scope),
    presentRuns(db, scope, now),
    presentCompliance(db, scope),
    presentLatestEvents(db, scope, LATEST_EVENTS),
    presentRemovals(db, scope),
  ])
  const resources = countByResource(rows, shownResources(rows, connection))
  const situation = {
    now: now.toISOString(),
    connectionState: connection?.state ?? 'not_connected',
    failed: sumOf(resources).failed,
    complianceDue: compliance.map((request) => request.dueAt),
    isAsking: runs.open.some(({ state }) => state === 'asking'),
    reach: noticeOf(reach, dismissed),
  }
  return {
    now: situation.now,
    parity: parityOf(resources),
    hasRecords: rows.length > 0,
    resources,
    freshness,
    onboarding: onboardingOf({ connection, firstSyncAt, dismissed, now }),
    deliveries,
    reach,
    connection,
    urgent: mostUrgent(situation),
    runs,
    removals,
    compliance,
    events,
  }
}

/** The resources that are mirrored, and those that have been, in the order of the contract. */
function shownResources(rows: RecordCount[], connection: ConnectionView | null): Resource[] {
  const shown = new Set([...rows.map((row) => row.resource), ...(connection?.resources ?? [])])
  return Resource.options.filter((resource) => shown.has(resource))
}
