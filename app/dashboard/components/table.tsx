import { Text } from '@shopify/polaris'
import { type CSSProperties, type ReactNode } from 'react'
import styles from './dashboard.module.css'
import { useGlide } from './use-glide'

/** A column of a table. */
export interface Column {
  label: string
  /** A track of a CSS grid, such as `2fr` or `6rem`. */
  width: string
  /** Numbers stand at the end. */
  end?: boolean
  /** Whether its label is but read out. */
  isHidden?: boolean
}

/** A table that becomes a list of blocks where there is little room. */
export function Table({
  label,
  columns,
  children,
}: {
  label: string
  columns: Column[]
  children: ReactNode
}) {
  const rows = useGlide<HTMLDivElement>()
  const tracks = { '--columns': columns.map((column) => column.width).join(' ') } as CSSProperties
  return (
    <div className={styles.tableBox}>
      <div role="table" aria-label={label} style={tracks}>
        <div role="rowgroup">
          <div role="row" className={`${styles.row} ${styles.head}`}>
            {columns.map((column) => (
              <div
                key={column.label}
                role="columnheader"
                className={column.end ? styles.cellEnd : styles.cell}
              >
                {column.isHidden ? (
                  <Text as="span" visuallyHidden>
                    {column.label}
                  </Text>
                ) : (
                  column.label
                )}
              </div>
            ))}
          </div>
        </div>
        <div ref={rows} role="rowgroup" className={styles.body}>
          {children}
        </div>
      </div>
    </div>
  )
}

/** A row of a table. */
export function Row({ children }: { children: ReactNode }) {
  return (
    <div role="row" className={styles.row}>
      {children}
    </div>
  )
}

interface CellProps {
  children: ReactNode
  /** Takes a line of its own where there is little room. */
  wide?: boolean
  end?: boolean
  /** Stands before the value where the column's head is not seen. */
  label?: string
}

/** A cell of a row. */
export function Cell({ children, wide, end, label }: CellProps) {
  const names = [styles.cell, wide && styles.cellWide, end && styles.cellEnd]
  return (
    <div role="cell" className={names.filter(Boolean).join(' ')}>
      {label !== undefined && (
        <span className={styles.label} aria-hidden>
          {label}{' '}
        </span>
      )}
      {children}
    </div>
  )
}
