import type { Locator, Page } from '@playwright/test'
import { expect } from '@playwright/test'

/** The button that posts what stands in a form. */
export const postButton = (page: Page): Locator =>
  page.getByRole('button', {
    name: /^(Problem veröffentlichen|Lösung veröffentlichen|Trotzdem einstellen)$/,
  })

/**
 * Posts what stands in a form, until `arrived` shows. Tests post much that is alike: where the form
 * stops to show what is there already, it is posted all the same.
 */
export async function postAnyway(page: Page, arrived: Locator): Promise<void> {
  const anyway = page.getByRole('button', { name: 'Trotzdem einstellen' })
  await postButton(page).click()
  await expect(anyway.or(arrived).first()).toBeVisible()
  if (await anyway.isVisible()) await anyway.click()
  await expect(arrived.first()).toBeVisible()
}
