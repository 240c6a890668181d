import { type Counts, underWay } from '../parity'
import styles from './dashboard.module.css'
import { useLanguage } from './language-context'

/** A picture of how many records are in step, on their way, failed, and unknown. */
export function ShareBar({ counts, large = false }: { counts: Counts; large?: boolean }) {
  const { t } = useLanguage()
  const { failed, unknown } = counts
  const inStep = counts.inStep + counts.deleted
  const waiting = underWay(counts)
  const empty = inStep + waiting + failed + unknown === 0
  const label = empty ? t('resources.bar.none') : t('resources.bar', { inStep, waiting, failed, unknown })

  return (
    <div className={large ? `${styles.bar} ${styles.barLarge}` : styles.bar} role="img" aria-label={label}>
      <Segment count={inStep} colour={styles.inStep} />
      <Segment count={waiting} colour={styles.waiting} />
      <Segment count={failed} colour={styles.failed} />
      <Segment count={unknown} colour={styles.unknown} />
    </div>
  )
}

function Segment({ count, colour }: { count: number; colour: string | undefined }) {
  return (
    count > 0 && <div className={`${styles.segment} ${colour}`} style={{ flexGrow: count, flexBasis: 0 }} />
  )
}
