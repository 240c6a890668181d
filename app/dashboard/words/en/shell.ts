import { type Words } from '../message'

/** What stands around every page. */
export const shell = {
  'app.name': 'Parity',
  'app.tagline': 'Parity keeps a SaaS in step with a Shopify store, and proves it.',
  'app.elsewhere': 'It has no page of its own here: open it from the apps of your Shopify admin.',
  'nav.overview': 'Overview',
  'nav.failures': 'Failures',
  'nav.activity': 'Activity',
  'nav.settings': 'Settings',
  'error.unknown.title': 'This page could not be shown',
  'error.unknown.body': 'What has arrived from your store is safe. Only this page is in trouble.',
  'error.document.title': 'Something went wrong',
  'error.document.body':
    'The page could not be shown. What has arrived is safe; load the page again in a moment.',
  'error.address.title': 'There is no such page',
  'error.address.body': 'Open Parity from the apps of your Shopify admin.',
  'error.database.title': 'Parity cannot reach its database',
  'error.database.body':
    'Nothing is lost: Shopify keeps what it could not hand over, and sends it again. This page comes back by itself.',
  'error.unreachable.title': 'Parity does not answer',
  'error.unreachable.body':
    'It may be starting again, or your connection is down. This page comes back by itself.',
  'error.trying': 'Trying again every few seconds',
  'error.retry': 'Try now',
  'error.missing.title': 'There is no such page',
  'error.missing.body': 'It may have been deleted, or it belongs to another shop.',
  'error.missing.action': 'Go to Activity',
  loading: 'Loading',
} as const satisfies Words
