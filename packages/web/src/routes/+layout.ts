// Reading pages carry no script. A form page that gains from it says `export const csr = true`.
export const csr = false
