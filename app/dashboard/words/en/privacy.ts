import { type Words } from '../message'

/** What personal data leaves, and for how long what is kept is kept. */
export const privacy = {
  'privacy.about': 'What your SaaS learns of your customers, and how long Parity remembers.',
  'privacy.policy': 'What may leave',
  'privacy.policy.none': 'No personal data',
  'privacy.policy.none.help':
    'Only a hash of the email address: your SaaS can tell customers apart, and not who they are.',
  'privacy.policy.minimal': 'Name only',
  'privacy.policy.minimal.help': 'The name of the customer, and a hash of the email address.',
  'privacy.policy.full': 'Everything',
  'privacy.policy.full.help': 'Email address, phone, name, note and addresses, too.',
  'privacy.down':
    'What may not leave any more is emptied at your SaaS: the records that had it are sent again without it.',
  'privacy.up': 'Your store is read again for customers and orders, to bring in what was not stored before.',
  'privacy.preview.customer': 'What leaves of a customer',
  'privacy.preview.order': 'What leaves of an order',
  'privacy.preview.own':
    'Made from the one in your store that changed last. Values are hidden but for their shape.',
  'privacy.preview.example': 'Made from an example: there is none of yours yet.',
  'privacy.preview.others': 'Under every choice, these leave, too: {fields}.',
  'privacy.column.field': 'Field',
  'privacy.column.value': 'Value',
  'privacy.example': 'example',
  'privacy.empty': 'Empty',
  'privacy.leaving.sent': 'Sent',
  'privacy.leaving.hash': 'As a hash',
  'privacy.leaving.not_sent': 'Not sent',
  'privacy.field.display_name': 'Name',
  'privacy.field.email_hash': 'Email address, as a hash',
  'privacy.field.pii.email': 'Email address',
  'privacy.field.pii.phone': 'Phone',
  'privacy.field.pii.first_name': 'First name',
  'privacy.field.pii.last_name': 'Last name',
  'privacy.field.pii.note': 'Note',
  'privacy.field.pii.addresses': 'Addresses',
  'privacy.keep': 'How long Parity remembers',
  'privacy.keep.about':
    'What is older is deleted here within minutes. Your SaaS and your store are not touched.',
  'privacy.keep.payloadDays': 'Contents of events',
  'privacy.keep.payloadDays.help':
    'What your store told in full, personal data included. {least} to {most} days.',
  'privacy.keep.historyDays': 'Events and deliveries',
  'privacy.keep.historyDays.help':
    'What arrived and what was sent, without its contents. {least} to {most} days.',
  'privacy.keep.statisticDays': 'Statistics',
  'privacy.keep.statisticDays.help': 'Numbers for the charts. {least} to {most} days.',
  'privacy.keep.days': 'days',
  'privacy.confirm.title': 'Change what may leave?',
  'privacy.confirm.action': 'Change it',
  'privacy.confirm.from_to': 'From “{from}” to “{to}”.',
  'field.LONGER_THAN_HISTORY': 'Contents cannot be kept for longer than their events.',
} as const satisfies Words
