import { useNavigation, useRevalidator } from '@remix-run/react'
import { useEffect, useState } from 'react'

/** How long after one answer the next is asked for, in milliseconds. */
const EVERY_MS = 2_500

/**
 * Keeps the page's data fresh: asks again a while after each answer, while the page is visible and nothing else is being
 * loaded; not at all while it is hidden, and at once when it is shown again.
 *
 * @param isStill whether it is to stay as it is for now
 */
export function useLive(isStill = false): void {
  const { revalidate, state } = useRevalidator()
  const navigation = useNavigation()
  const visible = useVisible(isStill ? nothing : revalidate)
  const quiet = !isStill && visible && state === 'idle' && navigation.state === 'idle'

  useEffect(() => {
    if (!quiet) return
    const timer = setTimeout(revalidate, EVERY_MS)
    return () => clearTimeout(timer)
  }, [quiet, revalidate])
}

const nothing = () => undefined

function useVisible(onShown: () => void): boolean {
  const [visible, setVisible] = useState(true)

  useEffect(() => {
    const note = () => {
      const shown = document.visibilityState === 'visible'
      setVisible(shown)
      if (shown) onShown()
    }
    document.addEventListener('visibilitychange', note)
    return () => document.removeEventListener('visibilitychange', note)
  }, [onShown])

  return visible
}
