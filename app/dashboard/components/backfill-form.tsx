import { BlockStack, Button, Collapsible, FormLayout, InlineStack, Select, TextField } from '@shopify/polaris'
import { useState } from 'react'
import { READING_ORDER } from '~/contracts/store-reader'
import { useLanguage } from './language-context'
import { RunButton } from './run-button'

const PART = 'part-of-the-store'

/** Begins to bring in the store, or a part of it. */
export function BackfillForm({ isFirst, now }: { isFirst: boolean; now: string }) {
  const { t } = useLanguage()
  const [isOpen, setOpen] = useState(false)
  return (
    <BlockStack gap="300">
      <InlineStack gap="200" blockAlign="center">
        <RunButton
          words={t('backfill.start')}
          fields={{ intent: 'backfill' }}
          look={isFirst ? { variant: 'primary' } : {}}
        />
        <Button
          variant="plain"
          disclosure={isOpen ? 'up' : 'down'}
          ariaExpanded={isOpen}
          ariaControls={PART}
          onClick={() => setOpen(!isOpen)}
        >
          {t('backfill.part')}
        </Button>
      </InlineStack>
      <Collapsible open={isOpen} id={PART}>
        <PartOfTheStore now={now} />
      </Collapsible>
    </BlockStack>
  )
}

function PartOfTheStore({ now }: { now: string }) {
  const { t, day, midnight } = useLanguage()
  const [resource, setResource] = useState('')
  const [since, setSince] = useState('')
  const resources = READING_ORDER.map((each) => ({ label: t(`resource.${each}`), value: each }))
  const fields = {
    intent: 'backfill',
    ...(resource === '' ? {} : { resource }),
    ...(since === '' ? {} : { since: midnight(since) }),
  }
  return (
    <BlockStack gap="300">
      <FormLayout>
        <Select
          label={t('backfill.resource')}
          options={[{ label: t('backfill.resource.all'), value: '' }, ...resources]}
          value={resource}
          onChange={setResource}
        />
        <TextField
          label={t('backfill.since')}
          helpText={t('backfill.since.help')}
          type="date"
          max={day(now)}
          value={since}
          onChange={setSince}
          autoComplete="off"
        />
      </FormLayout>
      <InlineStack>
        <RunButton words={t('backfill.start.part')} fields={fields} />
      </InlineStack>
    </BlockStack>
  )
}
