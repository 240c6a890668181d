import { type Words } from '../message'

/** What failed, by reason, and what to do about it. */
export const failures = {
  'failures.title': 'Failures',
  'failures.subtitle': 'What your SaaS has not taken, by reason. Parity has stopped trying these.',
  'failures.total': {
    one: '{count} record needs somebody to look',
    other: '{count} records need somebody to look',
  },
  'failures.empty.title': 'Nothing has failed',
  'failures.empty.body':
    'If your SaaS refuses a record, it shows up here with the reason and with what you can do about it.',
  'failures.more': {
    one: '{count} more reason is shown when some of these are dealt with.',
    other: '{count} more reasons are shown when some of these are dealt with.',
  },
  'failure.todo': 'What to do',
  'failure.said': 'What was said',
  'failure.code': 'Code: {code}',
  'failure.latest': { one: 'The record', other: 'The latest of {count}' },
  'failure.all': 'See all {count}',
  'failure.replay': { one: 'Send it again', other: 'Send all {count} again' },
  'failure.dismiss': { one: 'Dismiss it', other: 'Dismiss all {count}' },
  'failure.dismiss.reason': 'Why they need not be delivered',
  'failure.dismiss.help': 'They are off this list until their content changes, or until you send them again.',
  'failure.dismiss.cancel': 'Keep them here',
  'failure.title.invalid': 'Your SaaS finds something missing or wrong in them',
  'failure.title.conflict': 'Your SaaS has something already that stands in their way',
  'failure.title.too_large': 'They are too large for your SaaS',
  'failure.title.not_taken': 'Your SaaS answered, and did not take them',
  'failure.title.reference': 'They refer to something that your SaaS does not have',
  'failure.title.unavailable': 'Your SaaS could not be reached, or was in trouble, for more than a day',
  'failure.title.unreadable': 'What Parity knows of them cannot be opened',
  'failure.title.internal': 'Parity could not prepare them',
  'failure.title.refused': 'Your SaaS refused them',
  'failure.title.various': 'Various other reasons',
  'failure.todo.correct.product':
    'Open the product in your store, correct what your SaaS names, and save it: it is sent again by itself.',
  'failure.todo.correct.order':
    'Open the order in your store and correct what your SaaS names: it is sent again by itself. What cannot be changed in an order must be accepted by your SaaS; then send it again here.',
  'failure.todo.correct.customer':
    'Open the customer in your store, correct what your SaaS names, and save: it is sent again by itself.',
  'failure.todo.correct.category':
    'Open the collection in your store, correct what your SaaS names, and save it: it is sent again by itself.',
  'failure.todo.correct.message': 'Have your SaaS accept it, and send it again.',
  'failure.todo.price':
    'Open the product in your store, give it a price, and save it: it is sent again by itself.',
  'failure.todo.email':
    'Give the customer a valid email address in your store: it is sent again by itself. If all of them fail, look at which personal data you let Parity send.',
  'failure.todo.conflict':
    'Look in your SaaS for what is there already, such as another record with the same name or number. Change one of the two, then send again.',
  'failure.todo.too_large':
    'Make them smaller in your store, for example by shortening a long description, or ask your SaaS for a higher limit and send again.',
  'failure.todo.reference':
    'See whether the record that they refer to has failed as well, or is not mirrored. When your SaaS has it, send them again.',
  'failure.todo.unavailable': 'When your SaaS is well again, send them again.',
  'failure.todo.unreadable':
    'Check that PARITY_ENCRYPTION_KEY holds the key that they were stored with, then send them again.',
  'failure.todo.internal':
    'Send them again. If they fail again, tell whoever looks after Parity: its log has the details.',
  'failure.todo.various': 'Look at what your SaaS said of each one, below and on its own page.',
} as const satisfies Words
