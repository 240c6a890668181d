import { Text } from '@shopify/polaris'
import { type ShownValue } from '../show-value'
import styles from './dashboard.module.css'
import { useLanguage } from './language-context'
import { ExactTime } from './moment'

/** What a hidden value looks like. */
const DOTS = '••••'

/** A value of a record. */
export function FieldValue({ value }: { value: ShownValue }) {
  const { t } = useLanguage()
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
    case 'text':
      return value.text
  }
}
