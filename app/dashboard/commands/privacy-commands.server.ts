import { changeConnection } from '~/shops/change-connection'
import { setKeepDays } from '~/shops/set-keep-days'
import { DONE, type Runner } from './runner'

/**
 * Sets what personal data may leave, and for how long what is kept is kept. A policy that a person chooses outlasts the operator's default;
 * where it stays as it is, it stays the operator's.
 */
export const savePrivacy: Runner<'save-privacy'> = async ({ db, queue, clock }, { shopId }, wish) => {
  const { policy: piiPolicy, payloadDays, historyDays, statisticDays } = wish
  await db.transaction(async (tx) => {
    const now = clock()
    await setKeepDays(tx, shopId, { payloadDays, historyDays, statisticDays }, now)
    const { piiPolicy: before } = await tx
      .query<{ piiPolicy: string }>(`SELECT "piiPolicy" FROM "SaasConnection" WHERE "shopId" = $1`, [shopId])
      .then(([row]) => row ?? { piiPolicy })
    const chooses = before === piiPolicy ? {} : { policy: true }
    await changeConnection(tx, shopId, { piiPolicy, chooses }, { queue, now })
  })
  return DONE
}
