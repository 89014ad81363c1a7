/** @module A self-signed ECDSA P-256 certificate, as each Livepeer orchestrator presents: TLS without identity. */
import { createPrivateKey, generateKeyPairSync, type KeyObject, sign, X509Certificate } from 'node:crypto'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { concatBytes } from '@tessera/runtime/bytes'
import type { Clock } from '@tessera/runtime/clock'
import type { Random } from '@tessera/runtime/random'

/** PEM texts. */
export type Certificate = { readonly cert: string; readonly key: string }

const VALIDITY_MS = 365 * 24 * 3_600_000
/** A certificate with less than this left is made anew. */
const RENEW_BEFORE_MS = 30 * 24 * 3_600_000
/** Begins earlier than now, for peers whose clocks are behind. */
const BACKDATE_MS = 3_600_000

/**
 * The certificate kept in `dir` (`cert.pem`, and `key.pem` with mode 0600), made when there is none that fits.
 * Kept over restarts so that a peer may pin it.
 */
export async function selfSignedCertificate(
  config: { readonly dir: string; readonly host: string },
  deps: { readonly clock: Clock; readonly random: Random },
): Promise<Certificate> {
  const certPath = join(config.dir, 'cert.pem')
  const keyPath = join(config.dir, 'key.pem')
  const kept = await readKept(certPath, keyPath)
  if (kept && isUsable(kept, config.host, deps.clock.nowMs())) return kept
  const made = createCertificate(config.host, { nowMs: deps.clock.nowMs(), serial: deps.random.bytes(16) })
  await mkdir(config.dir, { recursive: true, mode: 0o700 })
  await writeAtomically(keyPath, made.key)
  await writeAtomically(certPath, made.cert)
  return made
}

async function readKept(certPath: string, keyPath: string): Promise<Certificate | undefined> {
  try {
    return { cert: await readFile(certPath, 'utf8'), key: await readFile(keyPath, 'utf8') }
  } catch {
    // Not there or not readable: a new one is made, and writing it tells of a real trouble with the folder.
    return undefined
  }
}

function isUsable(kept: Certificate, host: string, nowMs: number): boolean {
  try {
    const parsed = new X509Certificate(kept.cert)
    const isForHost = isIpAddress(host)
      ? parsed.checkIP(host) !== undefined
      : parsed.checkHost(host) !== undefined
    return (
      isForHost &&
      parsed.checkPrivateKey(createPrivateKey(kept.key)) &&
      parsed.validToDate.getTime() - nowMs > RENEW_BEFORE_MS
    )
  } catch {
    // Damaged files are replaced.
    return false
  }
}

async function writeAtomically(path: string, text: string): Promise<void> {
  await writeFile(`${path}.new`, text, { mode: 0o600 })
  await rename(`${path}.new`, path)
}

/** @see RFC 5280 §4.1 */
function createCertificate(host: string, facts: { nowMs: number; serial: Uint8Array }): Certificate {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
  const toSign = sequence(
    explicit(0, integer(Uint8Array.of(2))),
    integer(positive(facts.serial)),
    ECDSA_WITH_SHA256,
    commonName('Tessera'),
    sequence(utcTime(facts.nowMs - BACKDATE_MS), utcTime(facts.nowMs + VALIDITY_MS)),
    commonName('Tessera'),
    publicKey.export({ type: 'spki', format: 'der' }),
    explicit(3, sequence(subjectAltName(host))),
  )
  const signature = sign('sha256', toSign, privateKey)
  return {
    cert: pem(sequence(toSign, ECDSA_WITH_SHA256, bitString(signature))),
    key: exportKey(privateKey),
  }
}

function exportKey(key: KeyObject): string {
  return key.export({ type: 'pkcs8', format: 'pem' }).toString()
}

// DER: tag, length, value (X.690 §8).
function der(tag: number, ...values: readonly Uint8Array[]): Uint8Array {
  const value = concatBytes(...values)
  const n = value.length
  const length = n < 0x80 ? [n] : n < 0x100 ? [0x81, n] : [0x82, n >> 8, n & 0xff]
  return concatBytes(Uint8Array.of(tag, ...length), value)
}

const sequence = (...parts: readonly Uint8Array[]): Uint8Array => der(0x30, ...parts)
const integer = (bytes: Uint8Array): Uint8Array => der(0x02, bytes)
const bitString = (bytes: Uint8Array): Uint8Array => der(0x03, Uint8Array.of(0), bytes)
const explicit = (n: number, part: Uint8Array): Uint8Array => der(0xa0 + n, part)
const objectId = (...bytes: readonly number[]): Uint8Array => der(0x06, Uint8Array.from(bytes))
const text = (value: string): Uint8Array => new TextEncoder().encode(value)

/** 1.2.840.10045.4.3.2 */
const ECDSA_WITH_SHA256 = sequence(objectId(0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02))

/** First byte in 1…0x7f: neither negative nor with a leading zero. */
function positive(bytes: Uint8Array): Uint8Array {
  return Uint8Array.from(bytes, (byte, i) => (i === 0 ? (byte & 0x7f) | 0x40 : byte))
}

/** 2.5.4.3 as UTF8String. */
function commonName(value: string): Uint8Array {
  return sequence(der(0x31, sequence(objectId(0x55, 0x04, 0x03), der(0x0c, text(value)))))
}

const UTC = new Intl.DateTimeFormat('sv-SE', { timeZone: 'UTC', dateStyle: 'short', timeStyle: 'medium' })

/** `YYMMDDhhmmssZ`; right until 2049 (RFC 5280 §4.1.2.5.1). */
function utcTime(unixMs: number): Uint8Array {
  return der(0x17, text(`${UTC.format(unixMs).replace(/\D/g, '').slice(2)}Z`))
}

/** 2.5.29.17: dNSName [2] or iPAddress [7]. */
function subjectAltName(host: string): Uint8Array {
  const name = isIpAddress(host) ? der(0x87, ipBytes(host)) : der(0x82, text(host))
  return sequence(objectId(0x55, 0x1d, 0x11), der(0x04, sequence(name)))
}

function isIpAddress(host: string): boolean {
  return /^\d{1,3}(\.\d{1,3}){3}$/.test(host)
}

function ipBytes(host: string): Uint8Array {
  return Uint8Array.from(host.split('.'), Number)
}

function pem(bytes: Uint8Array): string {
  const lines =
    Buffer.from(bytes)
      .toString('base64')
      .match(/.{1,64}/g) ?? []
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n')
}
