import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto'
import { isoCBOR } from '@simplewebauthn/server/helpers'

/** What a test lets an authenticator, or the browser before it, do otherwise than it should. */
export interface Deviation {
  origin?: string
  challenge?: string
  relyingPartyId?: string
  userHandle?: string
  isUserVerified?: boolean
  counter?: number
  type?: string
}

const sha256 = (data: string | Buffer) => createHash('sha256').update(data).digest()

/** A security key in software: one credential, for whoever asks first. */
export class Authenticator {
  readonly #keys = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  readonly #credentialId = randomBytes(16)
  #userHandle = ''
  #counter = 0
  readonly #origin: string

  constructor(origin = 'http://localhost') {
    this.#origin = origin
  }

  /** Answers `navigator.credentials.create()`. */
  register(optionsText: string, deviation: Deviation = {}): string {
    const options = JSON.parse(optionsText) as {
      challenge: string
      rp: { id: string }
      user: { id: string }
    }
    this.#userHandle = options.user.id
    const { x = '', y = '' } = this.#keys.publicKey.export({ format: 'jwk' })
    const coseKey = new Map<number, number | Uint8Array<ArrayBuffer>>([
      [1, 2],
      [3, -7],
      [-1, 1],
      [-2, new Uint8Array(Buffer.from(x, 'base64url'))],
      [-3, new Uint8Array(Buffer.from(y, 'base64url'))],
    ])
    const length = Buffer.alloc(2)
    length.writeUInt16BE(this.#credentialId.length)
    const credential = [Buffer.alloc(16), length, this.#credentialId, isoCBOR.encode(coseKey)]
    const data = this.#data(options.rp.id, 0x40, deviation, credential)
    const attestation = new Map<string, unknown>([
      ['fmt', 'none'],
      ['attStmt', new Map()],
      ['authData', new Uint8Array(data)],
    ])
    return this.#answer({
      clientDataJSON: this.#clientData('webauthn.create', options.challenge, deviation),
      attestationObject: Buffer.from(isoCBOR.encode(attestation as never)).toString('base64url'),
      transports: ['usb', 'telepathy'],
    })
  }

  /** Answers `navigator.credentials.get()`. */
  signIn(optionsText: string, deviation: Deviation = {}): string {
    const options = JSON.parse(optionsText) as { challenge: string; rpId: string }
    const data = this.#data(options.rpId, 0, deviation)
    const clientDataJSON = this.#clientData('webauthn.get', options.challenge, deviation)
    const hash = sha256(Buffer.from(clientDataJSON, 'base64url'))
    const signature = sign('sha256', Buffer.concat([data, hash]), this.#keys.privateKey)
    return this.#answer({
      clientDataJSON,
      authenticatorData: data.toString('base64url'),
      signature: signature.toString('base64url'),
      userHandle: deviation.userHandle ?? this.#userHandle,
    })
  }

  #answer(response: Record<string, unknown>): string {
    const id = this.#credentialId.toString('base64url')
    const rest = { type: 'public-key', clientExtensionResults: {} }
    return JSON.stringify({ id, rawId: id, response, ...rest })
  }

  #clientData(type: string, challenge: string, deviation: Deviation): string {
    const data = { type, challenge, origin: this.#origin, ...pick(deviation) }
    return Buffer.from(JSON.stringify({ ...data, crossOrigin: false })).toString('base64url')
  }

  #data(
    relyingPartyId: string,
    flags: number,
    { isUserVerified = true, counter = ++this.#counter, ...deviation }: Deviation,
    credential: Uint8Array[] = [],
  ): Buffer {
    const count = Buffer.alloc(4)
    count.writeUInt32BE(counter)
    const all = flags | 0x01 | (isUserVerified ? 0x04 : 0)
    const hash = sha256(deviation.relyingPartyId ?? relyingPartyId)
    return Buffer.concat([hash, Buffer.of(all), count, ...credential])
  }
}

function pick({ origin, challenge, type }: Deviation) {
  return {
    ...(origin !== undefined && { origin }),
    ...(challenge !== undefined && { challenge }),
    ...(type !== undefined && { type }),
  }
}
