import { type Words } from '../message'

/** Showing personal data, and who has had it shown. */
export const personalData = {
  'personal.show': 'Show personal data',
  'personal.hide': 'Hide personal data',
  'personal.logged': 'Shown to you alone until you leave this page. It has been noted that you have seen it.',
  'personal.VIEW_NOT_PERMITTED':
    'Your permissions in Shopify do not include this personal data. Whoever manages users in your store can change that.',
  'personal.VIEW_MISSING': 'There is nothing here that could be shown.',
  'personal.VIEW_INVALID': 'This cannot be shown as it was asked for.',
  'personal.VIEW_UNPROVEN': 'Open Parity from your Shopify admin, and try again.',
  'personal.other': 'Shopify could not be asked whether you may see this. Try again in a moment.',
  'views.title': 'Who saw personal data',
  'views.person': 'Person {id}',
  'views.event': 'Event',
  'views.column.who': 'Who',
  'views.column.what': 'What',
  'views.empty.title': 'Nobody has had personal data shown',
  'views.empty.body':
    'Parity hides personal data. Whenever somebody has it shown, it is noted here, and kept for more than a year.',
  'views.hint': 'The numbers are those of your users in Shopify.',
} as const satisfies Words
