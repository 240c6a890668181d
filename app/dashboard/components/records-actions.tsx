import { Button, Checkbox, Text } from '@shopify/polaris'
import { useEffect, useRef, useState } from 'react'
import { ReplayableState } from '~/contracts/states'
import { type RecordsView } from '../presenters/records.server'
import { type RecordsQuery } from '../records-query'
import { CommandFeedback } from './command-feedback'
import { ConfirmModal } from './confirm-modal'
import { useLanguage } from './language-context'
import { ReasonForm } from './reason-form'
import styles from './records.module.css'
import { useCommand } from './use-command'
import { type Selection } from './use-selection'

/** Names the commands of the list: what became of the last one stands above it. */
const LIST_COMMANDS = 'records'

interface ActionsProps {
  records: RecordsView
  selection: Selection
}

/** Selects records, and does something with those that are selected. It is always there, so that nothing moves when something is selected. */
export function RecordsActions({ records, selection }: ActionsProps) {
  const { give, isUnderWay, answer } = useCommand(LIST_COMMANDS)
  const [isDismissing, setDismissing] = useState(false)
  const [isAsking, setAsking] = useState(false)
  const { t } = useLanguage()
  const all = matchingFields(records)
  useEach(answer?.ok === true ? answer : null, () => {
    selection.clear()
    setDismissing(false)
  })

  const { ids, isMatching } = selection
  const replay = () => (isMatching ? setAsking(true) : give({ intent: 'replay', id: ids }))
  const states = records.rows.filter(({ id }) => ids.includes(id)).map(({ state }) => state)
  const canRetry = !isMatching && states.includes('retrying')
  const canDismiss = !isMatching && states.includes('dead')
  return (
    <div className={styles.actions}>
      <div className={styles.bar}>
        <SelectPage records={records} selection={selection} canMatch={all !== null} />
        <div className={styles.buttons}>
          <Button disabled={selection.isEmpty || isUnderWay} onClick={replay}>
            {t('record.replay')}
          </Button>
          <Button disabled={!canRetry || isUnderWay} onClick={() => give({ intent: 'retry', id: ids })}>
            {t('records.retry')}
          </Button>
          <Button disabled={!canDismiss || isUnderWay} onClick={() => setDismissing(true)}>
            {t('dismiss.action')}
          </Button>
        </div>
      </div>
      {isDismissing && canDismiss && (
        <ReasonForm
          label={t('records.dismiss.reason')}
          help={t('records.dismiss.help')}
          action={t('dismiss.action')}
          isFocused
          isUnderWay={isUnderWay}
          cancel={{ words: t('records.dismiss.cancel'), onCancel: () => setDismissing(false) }}
          onDismiss={(reason) => give({ intent: 'dismiss', id: ids, reason })}
        />
      )}
      <CommandFeedback answer={answer} />
      {isMatching && (
        <ConfirmModal
          id="records-replay-matching"
          isOpen={isAsking}
          title={t('records.confirm.title', { count: records.matching ?? 0 })}
          action={t('record.replay')}
          onConfirm={() => all && give(all)}
          onClose={() => setAsking(false)}
        >
          <Text as="p">{t('records.confirm.body')}</Text>
        </ConfirmModal>
      )}
    </div>
  )
}

function SelectPage({ records, selection, canMatch }: ActionsProps & { canMatch: boolean }) {
  const { t } = useLanguage()
  const { ids, isEmpty, isPage, isMatching } = selection
  const matching = records.matching ?? 0
  const offersAll = canMatch && isPage && !isMatching && matching > records.rows.length
  const words = isMatching
    ? t('records.selected.matching', { count: matching })
    : isEmpty
      ? t('records.selected.none')
      : t('records.selected', { count: ids.length })
  return (
    <div className={styles.select}>
      <Checkbox
        label={t('records.select.page')}
        checked={isPage}
        disabled={records.rows.length === 0}
        onChange={selection.togglePage}
      />
      <Text as="span" tone="subdued">
        {words}
      </Text>
      {offersAll && (
        <Button variant="plain" onClick={selection.selectMatching}>
          {t('records.select.matching', { count: matching })}
        </Button>
      )}
    </div>
  )
}

/** The command that sends all again that the list would show; null where it shows what cannot be sent again as a whole. */
function matchingFields({ query, matching }: RecordsView): Record<string, string> | null {
  const { state, resource, why } = query
  if (matching === null || why !== null || !isReplayable(state)) return null
  return { intent: 'replay-matching', state, ...(resource ? { resource } : {}) }
}

function isReplayable(state: RecordsQuery['state']): state is ReplayableState | 'under_way' {
  return state === 'under_way' || ReplayableState.safeParse(state).success
}

/** Does something once for each new thing that comes. */
function useEach<Thing>(thing: Thing | null, then: () => void): void {
  const last = useRef(thing)
  useEffect(() => {
    if (thing === last.current) return
    last.current = thing
    if (thing !== null) then()
  })
}
