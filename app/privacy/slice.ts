/** How many rows one statement of retention touches at most, so that none runs long or holds many locks. */
export const SLICE = 1_000
