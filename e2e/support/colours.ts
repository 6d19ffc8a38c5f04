import type { Locator, Page } from '@playwright/test'

/** How bright the page behind everything is, from 0 to 255. */
export function brightnessOfPaper(page: Page): Promise<number> {
  return brightness(page.locator('html'), 'background-color')
}

/** How bright a text is, from 0 to 255. */
export function brightnessOfInk(text: Locator): Promise<number> {
  return brightness(text, 'color')
}

/** Mean of red, green and blue, whatever notation the stylesheet uses. */
function brightness(locator: Locator, property: string): Promise<number> {
  return locator.evaluate((element, property) => {
    const context = new OffscreenCanvas(1, 1).getContext('2d')
    if (!context) throw new Error('no canvas')
    context.fillStyle = getComputedStyle(element).getPropertyValue(property)
    context.fillRect(0, 0, 1, 1)
    const [red = 0, green = 0, blue = 0] = context.getImageData(0, 0, 1, 1).data
    return Math.round((red + green + blue) / 3)
  }, property)
}

/** Share of the pixels in which two screenshots of the same size differ visibly. */
export function differingShare(page: Page, one: Buffer, other: Buffer): Promise<number> {
  const pictures = [one, other].map((png) => png.toString('base64'))
  // In the browser, which can read PNG.
  return page.evaluate(async (pictures) => {
    const pixels = await Promise.all(
      pictures.map(async (base64) => {
        const bytes = Uint8Array.from(atob(base64), (letter) => letter.codePointAt(0) ?? 0)
        const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }))
        const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d')
        if (!context) throw new Error('no canvas')
        context.drawImage(bitmap, 0, 0)
        return context.getImageData(0, 0, bitmap.width, bitmap.height).data
      }),
    )
    const [before, after] = pixels
    if (!before || before.length !== after?.length) return 1
    let different = 0
    for (let index = 0; index < before.length; index += 4) {
      const parts = [index, index + 1, index + 2]
      if (parts.some((part) => Math.abs((before[part] ?? 0) - (after[part] ?? 0)) > 30)) different++
    }
    return (different * 4) / before.length
  }, pictures)
}
