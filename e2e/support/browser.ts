import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

interface Browser {
  executablePath: string
  args: string[]
}

/** Debian's package; the other one comes from npm and needs nothing of the machine. */
const debian = '/usr/bin/chromium'

// Not the `args` of @sparticuz/chromium: they switch web security off and send a null Origin.
const args = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/**
 * The browser to test with: CHROME_PATH or CHROMIUM_PATH, else the one of the machine, else the
 * one from npm, which is unpacked into the temporary folder once.
 */
export async function findBrowser(): Promise<Browser> {
  // The configuration is read again in each worker; none of them has to look for itself.
  const executablePath = (process.env['E2E_BROWSER'] ??= await findExecutable())
  // The sandbox needs another account than root, and what Debian installs beside its browser.
  const hasSandbox = process.getuid?.() !== 0 && executablePath === debian
  return { executablePath, args: hasSandbox ? args : ['--no-sandbox', ...args] }
}

async function findExecutable(): Promise<string> {
  const { CHROME_PATH, CHROMIUM_PATH } = process.env
  const chosen = CHROME_PATH || CHROMIUM_PATH
  if (chosen) return chosen
  if (existsSync(debian)) return debian
  return unpack()
}

/** Unpacks the browser from npm, once for each version and account. */
async function unpack(): Promise<string> {
  // Asks for the libraries, too, that a fresh machine lacks; read while it is imported.
  process.env['AWS_EXECUTION_ENV'] ??= 'AWS_Lambda_nodejs22.x'
  const { TMPDIR } = process.env
  const folder = join(
    tmpdir(),
    `netzwerkdiakonie-chromium-${versionOfPackage()}-${process.getuid?.()}`,
  )
  mkdirSync(join(folder, 'fontconfig'), { recursive: true, mode: 0o700 })
  // Its own settings look for the fonts in /tmp; without any font each page crashes.
  writeFileSync(join(folder, 'fontconfig', 'fonts.conf'), fontSettings(folder))
  process.env['FONTCONFIG_PATH'] = join(folder, 'fontconfig')
  // It looks for what it unpacked in the temporary folder, whatever version that was.
  process.env['TMPDIR'] = folder
  try {
    const { default: chromium } = await import('@sparticuz/chromium')
    return await chromium.executablePath()
  } finally {
    if (TMPDIR === undefined) delete process.env['TMPDIR']
    else process.env['TMPDIR'] = TMPDIR
  }
}

function versionOfPackage(): string {
  const manifest = new URL('../node_modules/@sparticuz/chromium/package.json', import.meta.url)
  return (JSON.parse(readFileSync(fileURLToPath(manifest), 'utf8')) as { version: string }).version
}

function fontSettings(folder: string): string {
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${folder}/fonts</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir>${folder}/fontconfig/cache</cachedir>
</fontconfig>
`
}
