import { Button, TextField } from '@shopify/polaris'
import { useState, type FormEvent } from 'react'
import { useLanguage } from './language-context'
import styles from './records.module.css'

/** As app/dashboard/read-records-query.ts has it. */
const LONGEST_SEARCH = 200

/** What a person looks for among records; what may be personal does not stand in the URL. */
export function RecordsSearch({ search, onSearch }: { search: string; onSearch(search: string): void }) {
  const { t } = useLanguage()
  const [text, setText] = useState(search)
  const [shown, setShown] = useState(search)
  const [submitted, setSubmitted] = useState<string | null>(null)
  if (search !== shown) {
    setShown(search)
    setSubmitted(null)
    // Another address: the field says what is looked for there. When it was asked for here, the next text may be half written.
    if (search !== submitted) setText(search)
  }

  const submit = (event: FormEvent) => {
    event.preventDefault()
    setSubmitted(text.trim())
    onSearch(text.trim())
  }
  const clear = () => {
    setText('')
    if (search !== '') onSearch('')
  }
  return (
    <form role="search" className={styles.search} onSubmit={submit}>
      <TextField
        label={t('records.search.label')}
        value={text}
        onChange={setText}
        onClearButtonClick={clear}
        clearButton
        autoComplete="off"
        maxLength={LONGEST_SEARCH}
        type="search"
        connectedRight={
          <Button submit size="large">
            {t('records.search')}
          </Button>
        }
      />
    </form>
  )
}
