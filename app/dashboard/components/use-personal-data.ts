import { useFetcher } from '@remix-run/react'
import { useState } from 'react'
import { PERSONAL_DATA_PATH, type RevealAnswer, type RevealWish, type Shown } from '../reveal/reveal-wish'

/** Personal data that a person may have shown on a page. */
export interface PersonalData<Subject extends RevealWish['subject']> {
  /** What is shown now; null while it is hidden. Nothing of it is kept when the page is left. */
  shown: Extract<Shown, { subject: Subject }> | null
  show(): void
  hide(): void
  isAsking: boolean
  /** The code of the refusal; null where there was none. */
  refused: string | null
}

/**
 * Asks for personal data, for as long as the component stands on the page.
 *
 * @param page names what the page is about: what was shown of another is hidden
 */
export function usePersonalData<Subject extends RevealWish['subject']>(
  subject: Subject,
  ids: readonly string[],
  page = ids.join(' '),
): PersonalData<Subject> {
  const fetcher = useFetcher<RevealAnswer>()
  const [wantedOn, setWantedOn] = useState<string | null>(null)
  const answer = wantedOn === page && fetcher.state !== 'submitting' ? (fetcher.data ?? null) : null
  return {
    shown: answer?.ok && isOf(answer, subject) ? answer : null,
    show() {
      setWantedOn(page)
      const form = new URLSearchParams([['subject', subject], ...ids.map((id) => ['id', id])])
      fetcher.submit(form, { method: 'post', action: PERSONAL_DATA_PATH })
    },
    hide: () => setWantedOn(null),
    isAsking: fetcher.state === 'submitting',
    refused: answer && !answer.ok ? answer.code : null,
  }
}

function isOf<Subject extends RevealWish['subject']>(
  shown: Shown,
  subject: Subject,
): shown is Extract<Shown, { subject: Subject }> {
  return shown.subject === subject
}
