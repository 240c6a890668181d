import { Resource } from '~/contracts/resource'
import { type Database } from '~/db.server'
import { type Clock } from '~/lib/time'
import {
  countByResource,
  parityOf,
  sumOf,
  type Parity,
  type ResourceCounts,
  type StateCount,
} from '../parity'
import { mostUrgent, type Urgent } from '../urgent'
import { presentCompliance, type ComplianceView } from './compliance.server'
import { presentConnection, type ConnectionView } from './connection.server'
import { countRecords } from './counts.server'
import { presentLatestEvents, type EventRow } from './event-rows.server'
import { presentOpenRuns, type RunView } from './runs.server'
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
  connection: ConnectionView | null
  urgent: Urgent | null
  /** The looks at all records that are under way. */
  runs: RunView[]
  compliance: ComplianceView[]
  events: EventRow[]
}

/** Reads the Overview of a shop. */
export async function presentOverview(db: Database, scope: ShopScope, clock: Clock): Promise<Overview> {
  const [rows, connection, runs, compliance, events] = await Promise.all([
    countRecords(db, scope),
    presentConnection(db, scope),
    presentOpenRuns(db, scope),
    presentCompliance(db, scope),
    presentLatestEvents(db, scope, LATEST_EVENTS),
  ])
  const now = clock().toISOString()
  const resources = countByResource(rows, shownResources(rows, connection))

  return {
    now,
    parity: parityOf(resources),
    hasRecords: rows.length > 0,
    resources,
    connection,
    urgent: mostUrgent({
      now,
      connectionState: connection?.state ?? 'not_connected',
      failed: sumOf(resources).failed,
      complianceDue: compliance.map((request) => request.dueAt),
    }),
    runs,
    compliance,
    events,
  }
}

/** The resources that are mirrored, and those that have been, in the order of the contract. */
function shownResources(rows: StateCount[], connection: ConnectionView | null): Resource[] {
  const shown = new Set([...rows.map((row) => row.resource), ...(connection?.resources ?? [])])
  return Resource.options.filter((resource) => shown.has(resource))
}
