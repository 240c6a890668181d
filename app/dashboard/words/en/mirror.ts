import { type Words } from '../message'

/** What is mirrored, and what is removed from the SaaS. */
export const mirror = {
  'mirror.about': 'What your SaaS is kept in step with.',
  'mirror.what': 'Kinds of record',
  'mirror.known': { one: '{count} record', other: '{count} records' },
  'mirror.stops':
    'No more of these are sent. What your SaaS has of them stays there until you have it removed.',
  'mirror.begins': 'Your store is read again for these, so that nothing is missing.',
  'mirror.nothing.title': 'Nothing will be mirrored',
  'mirror.nothing.body':
    'Parity keeps listening to your store, and sends nothing. Choose at least one kind to keep your SaaS in step.',
  'mirror.tests': 'Test orders',
  'mirror.tests.include': 'Mirror test orders, too',
  'mirror.tests.help': 'Test orders that were sent before stay at your SaaS.',
  'mirror.tests.off': 'Orders are not mirrored.',
  'left.title': 'Still at your SaaS',
  'left.about': 'These are not mirrored any more. What was sent stays as it was, until you have it removed.',
  'left.settling':
    'Parity is going through the records after your last change. The numbers come in a moment.',
  'left.kept': { one: '{count} record was sent', other: '{count} records were sent' },
  'left.failed': { one: '{count} could not be deleted', other: '{count} could not be deleted' },
  'left.remove': 'Remove from your SaaS',
  'left.remove.of': 'Remove from your SaaS: {what}',
  'remove.title': 'Remove {what} from your SaaS?',
  'remove.body': {
    one: '{count} record is deleted at your SaaS. Your store is not touched.',
    other: '{count} records are deleted at your SaaS. Your store is not touched.',
  },
  'remove.back':
    'If you mirror them again later, your store is read anew and all of them are sent again. What your SaaS itself has added to them may be lost.',
  'remove.confirm': {
    one: 'Yes, delete {count} record at my SaaS',
    other: 'Yes, delete {count} records at my SaaS',
  },
  'remove.action': 'Remove',
  'removal.title': 'Removing from your SaaS: {what}',
  'removal.counts': {
    one: '{done} of {count} record deleted',
    other: '{done} of {count} records deleted',
  },
  'removal.failed': {
    one: '{count} could not be deleted.',
    other: '{count} could not be deleted.',
  },
  'removal.failures': 'See why',
  'removal.cancel': 'Stop removing',
  'ended.removal': 'Removing from your SaaS',
  'done.remove-resource': 'They are being removed from your SaaS.',
  'done.cancel-removal': 'It has stopped. What your SaaS still has stays there.',
  'refused.RESOURCE_SELECTED': 'These are mirrored. Stop mirroring them first.',
  'refused.REMOVAL_UNDER_WAY': 'They are being removed already.',
  'field.CONFIRM_FIRST': 'Confirm first that they are to be deleted.',
} as const satisfies Words
