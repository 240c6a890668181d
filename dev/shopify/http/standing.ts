import { type ConnectedApp } from '../app-connection'
import { type Shop } from '../shop'

/** What the stand-in answers for: its shops, and the app that is connected to it, once one is. */
export interface Standing {
  shops: Shop[]
  app(): ConnectedApp | undefined
}
