import { BlockStack, Button, Collapsible, FormLayout, InlineStack, Select, TextField } from '@shopify/polaris'
import { useState } from 'react'
import { type Resource } from '~/contracts/resource'
import { READING_ORDER } from '~/contracts/store-reader'
import { useLanguage } from './language-context'
import { RunButton } from './run-button'

const PART = 'part-of-the-store'

interface BackfillFormProps {
  /** Whether the store was never brought in. */
  isFirst: boolean
  /** The resources that are mirrored. */
  mirrored: Resource[]
  now: string
}

/** Begins to bring in the store, or a part of it; or to compare it, when it was brought in before. */
export function BackfillForm({ isFirst, mirrored, now }: BackfillFormProps) {
  const { t } = useLanguage()
  const [isOpen, setOpen] = useState(false)
  return (
    <BlockStack gap="300">
      <InlineStack gap="200" blockAlign="center">
        {!isFirst && <RunButton words={t('reconcile.start')} fields={{ intent: 'reconcile' }} />}
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
        <PartOfTheStore mirrored={mirrored} now={now} />
      </Collapsible>
    </BlockStack>
  )
}

function PartOfTheStore({ mirrored, now }: Omit<BackfillFormProps, 'isFirst'>) {
  const { t, day, midnight } = useLanguage()
  const [resource, setResource] = useState('')
  const [since, setSince] = useState('')
  const resources = READING_ORDER.filter((each) => mirrored.includes(each)).map((each) => ({
    label: t(`resource.${each}`),
    value: each,
  }))
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
