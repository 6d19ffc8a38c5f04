import { createHash, randomBytes } from 'node:crypto'
import { crc32 } from 'node:zlib'

const apiTokenPattern = /^nwd_([0-9a-f]{40})([0-9a-f]{8})$/

/** A new secret of a session: 256 random bits. */
export function newSessionToken(): string {
  return randomBytes(32).toString('base64url')
}

/** A new secret of a device: 256 random bits. */
export function newDeviceSecret(): string {
  return randomBytes(32).toString('base64url')
}

/** Whether a text could be the secret of a device: nothing shorter is one. */
export function isDeviceSecret(text: string | null | undefined): text is string {
  return /^[\w-]{43}$/.test(text ?? '')
}

/** A new API token. Prefix and checksum let secret scanners find it, and us refuse typing errors early. */
export function newApiToken(): string {
  const secret = randomBytes(20).toString('hex')
  return `nwd_${secret}${checksum(secret)}`
}

/** Whether a text could be an API token at all. */
export function isApiToken(text: string): boolean {
  const parts = apiTokenPattern.exec(text)
  return parts?.[1] !== undefined && checksum(parts[1]) === parts[2]
}

/** What is stored of a secret: its SHA-256, which needs no salt as the secret is random. */
export function hashToken(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}

function checksum(secret: string): string {
  return crc32(secret).toString(16).padStart(8, '0')
}
