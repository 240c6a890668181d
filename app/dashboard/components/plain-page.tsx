import { type WordKey } from '../words'
import { useLanguage } from './language-context'

/** A page outside of the Shopify admin: a heading and a few sentences, in the browser's own dress. */
export function PlainPage({ title, body }: { title: WordKey; body: WordKey[] }) {
  const { t } = useLanguage()
  return (
    <main style={{ maxWidth: '40rem', margin: '4rem auto', padding: '0 1rem' }}>
      <h1>{t(title)}</h1>
      {body.map((key) => (
        <p key={key}>{t(key)}</p>
      ))}
    </main>
  )
}
