import { type Locator } from 'playwright-core'
import { type Admin } from './browser'

/** The bar that the admin shows while a form has unsaved changes. */
export const saveBar = ({ page }: Admin): Locator => page.getByRole('region', { name: 'Unsaved changes' })

/** Presses a button of that bar, as soon as it is there. */
export function pressInSaveBar(admin: Admin, name: 'Save' | 'Discard'): Promise<void> {
  return saveBar(admin).getByRole('button', { name, exact: true }).click()
}

/** Answers the admin's question to a person who leaves a page with unsaved changes. */
export function answerLeaving({ page }: Admin, name: 'Leave page' | 'Stay'): Promise<void> {
  return page.getByRole('dialog').getByRole('button', { name, exact: true }).click()
}
