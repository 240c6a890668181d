import {
  type ComplianceRequest,
  type SaasConnection,
  type SourceConnection,
  type SyncAttempt,
  type SyncRecord,
  type WebhookEvent,
} from '@prisma/client'
import { v7 as uuid } from 'uuid'
import { type Database } from '~/db.server'

/** A shop with its source and its connection, as installing makes them. */
export interface ShopRows {
  id: string
  domain: string
  source: SourceConnection
}

/** Inserts rows as the stages would have left them, with plausible defaults; what a test is about, it names. */
export function makeRows(db: Database) {
  const { prisma } = db

  return {
    async shop(
      domain: string,
      saas: Partial<Omit<SaasConnection, 'breaker' | 'removals'>> = {},
      timeZone = 'Europe/Berlin',
    ): Promise<ShopRows> {
      const { id } = await prisma.shop.create({
        data: { id: uuid(), domain, currency: 'EUR', timeZone, installedAt: new Date() },
      })
      await prisma.saasConnection.create({
        data: {
          id: uuid(),
          shopId: id,
          kind: 'built_in',
          dialect: 'unified',
          piiPolicy: 'minimal',
          resources: ['order', 'product', 'customer', 'category'],
          ...saas,
        },
      })
      return { id, domain, source: await this.source(id, domain) }
    },

    source: (shopId: string, account: string, platform = 'shopify'): Promise<SourceConnection> =>
      prisma.sourceConnection.create({ data: { id: uuid(), shopId, platform, account } }),

    record: (shop: ShopRows, record: Partial<SyncRecord> = {}): Promise<SyncRecord> =>
      prisma.syncRecord.create({
        data: {
          id: uuid(),
          sourceConnectionId: shop.source.id,
          resource: 'product',
          externalId: String(7_000_000_000_000 + Math.floor(Math.random() * 1e12)),
          state: 'in_step',
          desiredAction: 'updated',
          ...record,
        },
      }),

    event: (shop: ShopRows, event: Partial<WebhookEvent> = {}): Promise<WebhookEvent> => {
      const { payload, ...rest } = event
      return prisma.webhookEvent.create({
        data: {
          id: uuid(),
          sourceConnectionId: shop.source.id,
          origin: shop.source.id,
          deliveryId: uuid(),
          platform: 'shopify',
          store: shop.domain,
          topic: 'products/update',
          apiVersion: '2026-10',
          resource: 'product',
          outcome: 'changed',
          payloadSize: 120,
          receivedAt: new Date(),
          ...rest,
          ...(payload ? { payload: Uint8Array.from(payload) } : {}),
        },
      })
    },

    attempt: (record: SyncRecord, attempt: Partial<SyncAttempt> = {}): Promise<SyncAttempt> =>
      prisma.syncAttempt.create({
        data: {
          id: uuid(),
          sourceConnectionId: record.sourceConnectionId,
          recordId: record.id,
          resource: record.resource,
          revision: 1_763_700_000_000n,
          generation: 1,
          number: 1,
          traceId: uuid().replaceAll('-', ''),
          startedAt: new Date(),
          endedAt: new Date(),
          outcome: 'delivered',
          httpStatus: 200,
          action: 'updated',
          ...attempt,
        },
      }),

    compliance: (shop: ShopRows, request: Partial<ComplianceRequest> = {}): Promise<ComplianceRequest> =>
      prisma.complianceRequest.create({
        data: {
          id: uuid(),
          store: shop.domain,
          kind: 'customers/data_request',
          eventId: uuid(),
          customerExternalId: '7100000000001',
          receivedAt: new Date(),
          dueAt: new Date(Date.now() + 30 * 86_400_000),
          ...request,
        },
      }),
  }
}
