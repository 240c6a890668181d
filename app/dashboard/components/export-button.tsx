import { BlockStack, Button, InlineStack, Text } from '@shopify/polaris'
import { useState } from 'react'
import { activityParams } from '../activity-query'
import { EXPORT_PATH, type ExportQuery, MOST_EXPORTED } from '../export/export-query'
import { type Language } from '../language'
import { useLanguage } from './language-context'

type Progress = 'none' | 'under_way' | 'done' | 'cut' | 'failed'

/** Downloads what the filters show. The page's own fetch proves who asks, which a plain link could not. */
export function ExportButton({ query }: { query: ExportQuery }) {
  const language = useLanguage()
  const [progress, setProgress] = useState<Progress>('none')
  const download = () => {
    setProgress('under_way')
    void fetchFile(query, language).then(setProgress, () => setProgress('failed'))
  }
  return (
    <BlockStack gap="100">
      <InlineStack gap="300" blockAlign="center">
        <Button loading={progress === 'under_way'} onClick={download}>
          {language.t('export.action')}
        </Button>
        <div role="status">
          <Text as="p" variant="bodySm" tone={progress === 'failed' ? 'critical' : 'subdued'}>
            {progressWords(language, progress)}
          </Text>
        </div>
      </InlineStack>
    </BlockStack>
  )
}

function progressWords({ t }: Language, progress: Progress): string {
  switch (progress) {
    case 'none':
    case 'under_way':
      return t('export.help', { count: MOST_EXPORTED })
    case 'done':
      return t('export.done')
    case 'cut':
      return t('export.done.cut', { count: MOST_EXPORTED })
    case 'failed':
      return t('export.failed')
  }
}

/** Fetches the file and hands it to the browser. @throws when it cannot be had to its end */
async function fetchFile(query: ExportQuery, { locale, t }: Language): Promise<Progress> {
  const params = new URLSearchParams(activityParams({ ...query, place: null }))
  params.set('locale', locale)
  const response = await fetch(`${EXPORT_PATH}?${params}`)
  if (!response.ok) throw new Error('no file')
  const file = await response.blob()
  save(file, `parity-${query.show}.csv`)
  const words = t('export.cut', { count: MOST_EXPORTED })
  const end = await file.slice(-4 * words.length).text()
  return end.includes(words) ? 'cut' : 'done'
}

function save(file: Blob, name: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(file)
  link.download = name
  link.click()
  URL.revokeObjectURL(link.href)
}
