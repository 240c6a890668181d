/** What stands for what is hidden. */
export const DOTS = '••••'

const EMAIL = /[^\s<>()"',;:]+@[^\s<>()"',;:]+\.\p{L}{2,}/gu
/** A number that is written as one dials it: with a plus, or in groups. */
const PHONE = /\+\d[\d\s().-]{6,}\d|\(\d{2,4}\)\s?\d[\d\s.-]{4,}\d/g

/** A text of somebody else's, such as a SaaS's complaint, without the e-mail addresses and telephone numbers in it. */
export function hideAddresses(text: string): string {
  return text.replaceAll(EMAIL, DOTS).replaceAll(PHONE, DOTS)
}
