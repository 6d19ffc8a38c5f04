interface Address {
  host: string
  port: number
  demoContent: boolean
}

const everywhere = ['0.0.0.0', '::', '127.0.0.1', '::1']

/** Says where the product is and how to sign in; the address comes last, where eyes land. */
export function welcome({ host, port, demoContent }: Address, log: (line: string) => void): void {
  const name = everywhere.includes(host) ? 'localhost' : host.includes(':') ? `[${host}]` : host
  const address = `http://${name}:${port}`
  const accounts = demoContent ? '; dort stehen auch die Demo-Zugänge' : ''
  log(`\nAnmelden: ${address}/anmelden${accounts}. Beenden: Strg+C.`)
  log(`Netzwerkdiakonie läuft: ${address}`)
}
