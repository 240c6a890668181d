/** How many characters the reason of a dismissal may have. */
export const LONGEST_REASON = 300
