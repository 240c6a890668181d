import { type AppCredentials } from './oauth/id-token'
import { type Listener } from './webhooks/announce'
import { type Subscriptions } from './webhooks/subscriptions'

/** How to reach and to sign for an app; given when the app is up. */
export interface AppConnection extends AppCredentials {
  /** Where the app listens; webhooks go there, and the admin frames it. */
  url: string
}

export interface ConnectedApp extends AppConnection {
  subscriptions: Subscriptions
  listener: Listener
}

export function connect(app: AppConnection, subscriptions: Subscriptions): ConnectedApp {
  const { url, apiSecret } = app
  const { apiVersion, list } = subscriptions
  return { ...app, subscriptions, listener: { url, apiSecret, apiVersion, subscriptions: list } }
}
