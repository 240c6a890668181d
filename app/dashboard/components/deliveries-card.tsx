import { useSearchParams } from '@remix-run/react'
import { BlockStack, Button, ButtonGroup, Card, InlineStack, Text } from '@shopify/polaris'
import { ChartRange } from '../chart-range'
import { type Language } from '../language'
import { type Deliveries, type DeliveryBar } from '../presenters/deliveries.server'
import styles from './dashboard.module.css'
import { useLanguage } from './language-context'

/** What was delivered and what failed over a while: a chart, and the same as a table for those who hear it. */
export function DeliveriesCard({ deliveries }: { deliveries: Deliveries }) {
  const { t } = useLanguage()
  const { taken, failed } = deliveries
  return (
    <Card>
      <BlockStack gap="300">
        <InlineStack align="space-between" blockAlign="center" gap="200">
          <Text as="h2" variant="headingSm">
            {t('chart.title')}
          </Text>
          <Ranges chosen={deliveries.range} />
        </InlineStack>
        <ul className={styles.legend}>
          <Total words={t('chart.taken')} count={taken} colour={styles.inStep} />
          <Total words={t('chart.failed')} count={failed} colour={styles.failed} />
        </ul>
        <Chart deliveries={deliveries} />
        <ChartTable deliveries={deliveries} />
        <Text as="p" variant="bodySm" tone="subdued">
          {t('chart.about')}
        </Text>
      </BlockStack>
    </Card>
  )
}

function Ranges({ chosen }: { chosen: ChartRange }) {
  const { t } = useLanguage()
  const [, setParams] = useSearchParams()
  const choose = (range: ChartRange) =>
    setParams((params) => (params.set('chart', range), params), { replace: true, preventScrollReset: true })
  return (
    <ButtonGroup variant="segmented">
      {ChartRange.options.map((range) => (
        <Button key={range} size="slim" pressed={range === chosen} onClick={() => choose(range)}>
          {t(`chart.range.${range}`)}
        </Button>
      ))}
    </ButtonGroup>
  )
}

function Total({ words, count, colour }: { words: string; count: number; colour: string | undefined }) {
  const { number } = useLanguage()
  return (
    <li>
      <span className={`${styles.dot} ${colour}`} />
      <Text as="span" variant="bodySm" tone="subdued">
        {words}
      </Text>
      <Text as="span" variant="bodySm" fontWeight="semibold" numeric>
        {number(count)}
      </Text>
    </li>
  )
}

function Chart({ deliveries: { bars, unit } }: { deliveries: Deliveries }) {
  const language = useLanguage()
  const highest = Math.max(1, ...bars.map(({ taken, failed }) => taken + failed))
  const marks = [bars[0], bars[Math.floor(bars.length / 2)], bars.at(-1)].flatMap((bar) => bar ?? [])
  return (
    <div aria-hidden="true">
      <div className={styles.chart} data-highest={language.number(highest)}>
        {bars.map((bar) => (
          <div key={bar.from} className={styles.chartBar} title={barWords(language, bar, unit)}>
            <div className={styles.failed} style={{ height: `${(100 * bar.failed) / highest}%` }} />
            <div className={styles.inStep} style={{ height: `${(100 * bar.taken) / highest}%` }} />
          </div>
        ))}
      </div>
      <div className={styles.chartScale} suppressHydrationWarning>
        {marks.map(({ from }) => (
          <span key={from}>{nameOf(language, from, unit)}</span>
        ))}
      </div>
    </div>
  )
}

function ChartTable({ deliveries: { bars, unit } }: { deliveries: Deliveries }) {
  const language = useLanguage()
  const { t, number } = language
  return (
    <div className={styles.heard}>
      <table suppressHydrationWarning>
        <caption>{t('chart.title')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('chart.column.when')}</th>
            <th scope="col">{t('chart.taken')}</th>
            <th scope="col">{t('chart.failed')}</th>
          </tr>
        </thead>
        <tbody>
          {bars.map(({ from, taken, failed }) => (
            <tr key={from}>
              <th scope="row">{nameOf(language, from, unit)}</th>
              <td>{number(taken)}</td>
              <td>{number(failed)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function barWords(
  language: Language,
  { from, taken, failed }: DeliveryBar,
  unit: Deliveries['unit'],
): string {
  return language.t('chart.bar', { when: nameOf(language, from, unit), taken, failed })
}

function nameOf({ hour, shortDate }: Language, from: string, unit: Deliveries['unit']): string {
  return unit === 'hour' ? hour(from) : shortDate(from)
}
