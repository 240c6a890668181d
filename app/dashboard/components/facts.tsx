import { type ReactNode } from 'react'
import styles from './dashboard.module.css'

/** Names and what they stand for, line by line. */
export function Facts({ facts }: { facts: { name: string; value: ReactNode }[] }) {
  return (
    <dl className={styles.facts}>
      {facts.map(({ name, value }) => (
        <Fact key={name} name={name} value={value} />
      ))}
    </dl>
  )
}

function Fact({ name, value }: { name: string; value: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </>
  )
}

/** An id, a code: something to copy. */
export function Code({ children }: { children: string }) {
  return <code className={styles.code}>{children}</code>
}
