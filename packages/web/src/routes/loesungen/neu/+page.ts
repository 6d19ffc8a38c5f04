// Keeps what is typed on this device, and the page when the connection is lost while sending.
export const csr = true
