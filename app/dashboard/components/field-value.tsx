import { Text } from '@shopify/polaris'
import { type ShownValue } from '../show-value'
import styles from './dashboard.module.css'
import { useLanguage } from './language-context'
import { ExactTime } from './moment'

/** What a hidden value looks like. */
const DOTS = '••••'

/** A value of a record. */
export function FieldValue({ value }: { value: ShownValue }) {
  const { t, exact, money } = useLanguage()
  switch (value.kind) {
    case 'absent':
    case 'empty':
      return (
        <Text as="span" tone="subdued">
          {t(`value.${value.kind}`)}
        </Text>
      )
    case 'hidden':
      return <span className={styles.payloadHidden}>{`${DOTS} ${t('payload.hidden')}`}</span>
    case 'boolean':
      return t(value.value ? 'value.yes' : 'value.no')
    case 'time':
      return <ExactTime at={value.at} />
    case 'number':
      return <Figure>{exact(value.value)}</Figure>
    case 'amount':
      return <Figure>{money(value.digits, value.currency)}</Figure>
    case 'text':
      return value.text
  }
}

/** The blanks in a number are not the same in the tables of languages of the server and of every browser. */
function Figure({ children }: { children: string }) {
  return <span suppressHydrationWarning>{children}</span>
}
