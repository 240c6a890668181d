import { type Resource } from '~/contracts/resource'
import { type LeafValue, type Member, type PathStep } from './flatten-record'
import { isHarmlessText, isPersonal, type Place } from './personal-values'

/** How long a text may be on the page, in characters. */
const LONGEST = 300

/** A value as the page shows it. */
export type ShownValue =
  | { kind: 'absent' }
  | { kind: 'empty' }
  | { kind: 'hidden' }
  | { kind: 'boolean'; value: boolean }
  | { kind: 'time'; at: string }
  | { kind: 'number'; value: number }
  /** Decimal digits, and the code of their currency (ISO 4217). */
  | { kind: 'amount'; digits: string; currency: string }
  | { kind: 'text'; text: string }

/** What decides what may be shown. */
export interface WhoseValue {
  resource: Resource
  /** Whether personal values are shown, too. */
  reveal: boolean
}

/** What decides how it is shown, too. */
export interface ShowOptions extends WhoseValue {
  /** The currency (ISO 4217) that amounts are in at that place; null where that is not known. */
  currency: string | null
}

/** A value of a record for the page: what is personal is hidden by the rule of payloads, unless a person may see it. */
export function showValue(value: LeafValue | null, path: PathStep[], options: ShowOptions): ShownValue {
  if (value === null) return { kind: 'absent' }
  if (value.kind === 'empty') return { kind: 'empty' }
  if (!options.reveal && isHidden(value, path, options.resource)) return { kind: 'hidden' }
  switch (value.kind) {
    case 'boolean':
      return { kind: 'boolean', value: value.value }
    case 'number':
      return { kind: 'number', value: value.value }
    case 'text':
      return showText(value.value, path, options)
    case 'texts':
      return { kind: 'text', text: cut(value.values.join(', ')) }
    case 'members':
      return {
        kind: 'text',
        text: cut(value.members.map((member) => callOf(member, path, options)).join(', ')),
      }
  }
}

function showText(text: string, path: PathStep[], { currency }: ShowOptions): ShownValue {
  if (TIME.test(text)) return { kind: 'time', at: text }
  if (currency !== null && isAmount(text, path)) return { kind: 'amount', digits: text, currency }
  return { kind: 'text', text: cut(text) }
}

/** What a member on the way to a value is called; its id where that is no name for everybody. */
export function showStep(step: PathStep, before: PathStep[], { resource, reveal }: WhoseValue): PathStep {
  if (step.kind === 'field' || step.name === null || reveal) return step
  const isNamed = isHarmlessText(step.name, { key: 'name', parentKey: lastField(before), resource })
  return isNamed ? step : { ...step, name: null }
}

function callOf({ key, name }: Member, path: PathStep[], options: WhoseValue): string {
  const step = showStep({ kind: 'member', key, name }, path, options)
  return step.kind === 'member' && step.name !== null ? step.name : key
}

function isHidden(value: LeafValue, path: PathStep[], resource: Resource): boolean {
  const names = path.flatMap((step) => (step.kind === 'field' ? [step.name] : []))
  const places = names.map((key, index): Place => ({ key, parentKey: names[index - 1] ?? null, resource }))
  if (places.some(isPersonal)) return true
  if (value.kind === 'text' && isAmount(value.value, path)) return false
  const place = places.at(-1) ?? { key: null, parentKey: null, resource }
  return textsOf(value).some((text) => !isHarmlessText(text, place))
}

/** The texts of a value that may tell something of a person. The members of a list are hidden where their names are. */
function textsOf(value: LeafValue): string[] {
  switch (value.kind) {
    case 'text':
      return [value.value]
    case 'texts':
      return value.values
    case 'members':
    case 'number':
    case 'boolean':
    case 'empty':
      return []
  }
}

function lastField(path: PathStep[]): string | null {
  const last = path.findLast((step) => step.kind === 'field')
  return last?.kind === 'field' ? last.name : null
}

/** How the shared schema writes amounts, and what it calls them. */
const AMOUNT = /^-?\d+(\.\d+)?$/
const AMOUNT_NAME = /(^|_)(price|total|subtotal|spent)$/

function isAmount(text: string, path: PathStep[]): boolean {
  return AMOUNT.test(text) && AMOUNT_NAME.test(lastField(path) ?? '')
}

/** ISO 8601 in UTC, as the shared schema has its times. */
const TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$/

function cut(text: string): string {
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST - 1).toWellFormed()}…`
}
