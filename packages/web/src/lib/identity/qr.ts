import { encode } from 'uqr'

/** A QR code as one path of unit squares, to be drawn as SVG in the page: no image, no script. */
export interface QrCode {
  path: string
  /** Width and height with the quiet zone that scanners need. */
  size: number
}

/** Makes a QR code that stays readable when a corner of the card is worn. */
export function qrCode(text: string): QrCode {
  const { data, size } = encode(text, { ecc: 'M', border: 4 })
  const squares = data.flatMap((row, y) =>
    row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : [])),
  )
  return { path: squares.join(''), size }
}
