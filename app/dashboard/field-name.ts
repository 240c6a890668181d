import { type PathStep } from './flatten-record'
import { isWordKey, type Language } from './language'

/** The way to a value in words: "Items › Blue shirt › Quantity". */
export function fieldName(language: Pick<Language, 't'>, path: PathStep[]): string {
  return path.map((step) => stepName(language, step)).join(' › ')
}

/** A name that the shared schema does not have, such as a product's own option, is shown as it is. */
function stepName({ t }: Pick<Language, 't'>, step: PathStep): string {
  if (step.kind === 'member') return step.name ?? step.key
  const key = `data.${step.name}`
  return isWordKey(key) ? t(key) : step.name
}
