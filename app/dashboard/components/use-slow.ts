import { useEffect, useState } from 'react'

/** Below this a wait is not felt, and a skeleton would only flicker. */
const FELT_MS = 300

/** Whether something has been going on for long enough to be felt. */
export function useSlow(going: boolean): boolean {
  const [slow, setSlow] = useState(false)

  useEffect(() => {
    if (!going) return
    const timer = setTimeout(() => setSlow(true), FELT_MS)
    return () => {
      clearTimeout(timer)
      setSlow(false)
    }
  }, [going])

  return slow
}
