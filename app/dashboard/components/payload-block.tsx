import { BlockStack, Text } from '@shopify/polaris'
import { DOTS } from '../hide-addresses'
import { type PayloadView } from '../presenters/event-page.server'
import { type PayloadLine } from '../show-payload'
import styles from './dashboard.module.css'
import { useLanguage } from './language-context'

const COLOUR: Record<PayloadLine['kind'], string | undefined> = {
  text: styles.payloadText,
  number: styles.payloadNumber,
  literal: styles.payloadNumber,
  structure: undefined,
  hidden: styles.payloadHidden,
}

/** A payload, pretty-printed; or why it cannot be shown. */
export function PayloadBlock({ payload, isRevealed }: { payload: PayloadView; isRevealed: boolean }) {
  const { t } = useLanguage()
  switch (payload.kind) {
    case 'shown':
      return <Shown lines={payload.lines} more={payload.more} isRevealed={isRevealed} />
    case 'expired':
    case 'unreadable':
    case 'malformed':
      return (
        <Text as="p" tone="subdued">
          {t(`event.payload.${payload.kind}`)}
        </Text>
      )
  }
}

function Shown({ lines, more, isRevealed }: { lines: PayloadLine[]; more: number; isRevealed: boolean }) {
  const { t } = useLanguage()
  const label = t(isRevealed ? 'event.payload.label.shown' : 'event.payload.label')
  return (
    <BlockStack gap="300">
      <Text as="p" tone="subdued">
        {t(isRevealed ? 'event.payload.hint.shown' : 'event.payload.hint')}
      </Text>
      {/* A region that scrolls must be reachable by keyboard. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <pre className={styles.payload} tabIndex={0} role="region" aria-label={label}>
        {lines.map((line, index) => (
          <Line key={index} line={line} />
        ))}
      </pre>
      {more > 0 && (
        <Text as="p" tone="subdued">
          {t('event.payload.more', { count: more })}
        </Text>
      )}
    </BlockStack>
  )
}

function Line({ line: { depth, key, kind, value, comma } }: { line: PayloadLine }) {
  const { t } = useLanguage()
  return (
    <>
      {'  '.repeat(depth)}
      {key !== null && <span className={styles.payloadKey}>{`${JSON.stringify(key)}: `}</span>}
      <span className={COLOUR[kind]}>{kind === 'hidden' ? `${DOTS} ${t('payload.hidden')}` : value}</span>
      {comma ? ',\n' : '\n'}
    </>
  )
}
