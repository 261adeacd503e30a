import { isStuckToKey } from "../config/key-like.ts"
import { SEAL_KEYS_MAX } from "../gossip/seal/seal.ts"
import { KEY_BYTES, SERIAL_MAX } from "../keyring/ring.ts"
import { Secret } from "../secret.ts"
import { makeOne, readSecretFile, SecretFileError } from "./secret-file.ts"

/** 32 bytes in base64 (RFC 4648 §4). */
const KEY = /^[A-Za-z0-9+/]{43}=$/
const SERIAL = /^\d{1,10}$/

export interface GossipKey {
  readonly secret: Secret
  readonly serial: number
}

/** A line of a key file: one without a key is empty, or a comment that begins with `#`. */
export interface KeyLine {
  readonly text: string
  readonly key: GossipKey | undefined
}

/** A key as a line of the file. */
export function keyLine(key: GossipKey): KeyLine {
  const base64 = Buffer.from(key.secret.reveal()).toString("base64")
  return { text: key.serial === 0 ? base64 : `${base64} ${key.serial}`, key }
}

/** The keys of a file, one a line, perhaps with its serial: the first seals, every one opens. */
export function keysOf(lines: readonly KeyLine[]): readonly GossipKey[] {
  return lines.flatMap(({ key }) => key ?? [])
}

/** Throws `SecretFileError`. */
export function readGossipKeys(path: string): readonly KeyLine[] {
  const lines = readSecretFile(path)
    .trimEnd()
    .split("\n")
    .map((text, index) => lineOf(text, `line ${index + 1} of ${path}`, path))
  const keys = keysOf(lines)
  if (keys.length === 0) throw new SecretFileError(`${path} has no key`, makeOne(path))
  if (keys.length > SEAL_KEYS_MAX) {
    throw new SecretFileError(
      `${path} has ${keys.length} keys, at most ${SEAL_KEYS_MAX} are taken`,
      "remove the oldest",
    )
  }
  refuseTwins(lines, path)
  return lines
}

function lineOf(text: string, where: string, path: string): KeyLine {
  const said = text.trim()
  if (said === "" || said.startsWith("#")) return { text: text.trimEnd(), key: undefined }
  const [base64 = "", serial, ...more] = said.split(/\s+/)
  if (!KEY.test(base64)) {
    if (isStuckToKey(said)) {
      throw new SecretFileError(`${where} has something stuck to a key, such as key= or quotes`, "leave the key alone")
    }
    const bytes = Buffer.from(said, "base64").length
    const why = bytes === KEY_BYTES ? "this is not plain base64" : `this has ${bytes}`
    throw new SecretFileError(`${where} is no key: it has to be ${KEY_BYTES} bytes in base64, ${why}`, makeOne(path))
  }
  const number = Number(serial ?? 0)
  if (more.length > 0 || (serial !== undefined && !(SERIAL.test(serial) && number <= SERIAL_MAX))) {
    throw new SecretFileError(`${where}: behind a key stands its serial or nothing`, "a comment is a line of its own")
  }
  return keyLine({ secret: new Secret(Buffer.from(base64, "base64")), serial: number })
}

function refuseTwins(lines: readonly KeyLine[], path: string): void {
  const first = new Map<string, number>()
  for (const [index, { key }] of lines.entries()) {
    if (key === undefined) continue
    const bytes = Buffer.from(key.secret.reveal()).toString("latin1")
    const twin = first.get(bytes)
    if (twin !== undefined) {
      throw new SecretFileError(`line ${index + 1} of ${path} is the same key as line ${twin}`, "remove one of the two")
    }
    first.set(bytes, index + 1)
  }
}
