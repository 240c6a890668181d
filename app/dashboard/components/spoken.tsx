import { Text } from '@shopify/polaris'
import { useEffect, useRef, useState } from 'react'

/** How long a changing sentence must stand still before it is read out, and at least as long apart, in milliseconds. */
const SETTLED_MS = 5_000

/** Reads a sentence out when it has changed and settled: a number in motion would talk without end. Silent at first. */
export function Spoken({ words }: { words: string }) {
  const first = useRef(words)
  const [said, setSaid] = useState('')

  useEffect(() => {
    if (words === first.current) return
    const timer = setTimeout(() => {
      first.current = ''
      setSaid(words)
    }, SETTLED_MS)
    return () => clearTimeout(timer)
  }, [words])

  return (
    <div aria-live="polite">
      <Text as="span" visuallyHidden>
        {said}
      </Text>
    </div>
  )
}
