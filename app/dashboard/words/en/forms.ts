import { type Words } from '../message'

/** What is the same in every form of the settings. */
export const forms = {
  'form.save': 'Save',
  'form.discard': 'Discard',
  'form.saved': 'Saved.',
  'form.cancel': 'Cancel',
  'field.some': {
    one: 'This could not be saved yet: a field needs another look.',
    other: 'This could not be saved yet: {count} fields need another look.',
  },
  'field.INVALID': 'This is not what is needed here.',
  'field.MISSING': 'This is needed.',
  'field.TOO_LONG': 'This is too long.',
  'field.TOO_SMALL': 'This is too low.',
  'field.TOO_LARGE': 'This is too high.',
  'field.NOT_A_NUMBER': 'Write a whole number.',
} as const satisfies Words
