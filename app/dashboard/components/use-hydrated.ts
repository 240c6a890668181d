import { useSyncExternalStore } from 'react'

/**
 * Whether React has taken the page over. What App Bridge makes elements of its own of (bars, modals) is not to stand in the server's document:
 * it changes them as they come, and React then takes the whole page for another one.
 */
export function useHydrated(): boolean {
  return useSyncExternalStore(
    () => () => undefined,
    () => true,
    () => false,
  )
}
