import { Box, Button, Collapsible } from '@shopify/polaris'
import { useId, useState } from 'react'
import { type FieldRows } from '../presenters/record-content.server'
import { FieldTable } from './field-table'

/** Fields that are worth a look only now and then. */
export function FoldedFields({ words, fields }: { words: string; fields: FieldRows }) {
  const [isOpen, setOpen] = useState(false)
  const id = useId()
  return (
    <>
      <Box padding="400" borderBlockStartWidth="025" borderColor="border-secondary">
        <Button
          variant="plain"
          textAlign="start"
          disclosure={isOpen ? 'up' : 'down'}
          ariaExpanded={isOpen}
          ariaControls={id}
          onClick={() => setOpen(!isOpen)}
        >
          {words}
        </Button>
      </Box>
      <Collapsible id={id} open={isOpen} expandOnPrint>
        {isOpen && <FieldTable label={words} fields={fields} />}
      </Collapsible>
    </>
  )
}
