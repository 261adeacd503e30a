import { SEAL_KEYS_MAX } from "../gossip/seal/seal.ts"
import { Secret } from "../secret.ts"
import { readSecretFile, SecretFileError } from "./secret-file.ts"

const KEY_BYTES = 32
/** 32 bytes in base64 (RFC 4648 §4). */
const KEY = /^[A-Za-z0-9+/]{43}=$/
const MAKE = "make one: conclave keyring gen >"

/** The keys in a file, one a line: the first seals, every one opens. Throws `SecretFileError`. */
export function readGossipKeys(path: string): readonly Secret[] {
  const lines = linesOf(path)
  if (lines.length === 0) throw new SecretFileError(`${path} has no key; ${MAKE} ${path}`)
  if (lines.length > SEAL_KEYS_MAX) {
    throw new SecretFileError(`${path} has ${lines.length} keys, at most ${SEAL_KEYS_MAX} are taken; remove the oldest`)
  }
  const first = new Map<string, number>()
  for (const { text, number } of lines) {
    const where = `line ${number} of ${path}`
    const bytes = Buffer.from(text, "base64").length
    if (!KEY.test(text)) {
      const why = bytes === KEY_BYTES ? "this is not plain base64" : `this has ${bytes}`
      throw new SecretFileError(
        `${where} is no key: it has to be ${KEY_BYTES} bytes in base64, ${why}; ${MAKE} ${path}`,
      )
    }
    const twin = first.get(text)
    if (twin !== undefined) throw new SecretFileError(`${where} is the same key as line ${twin}; remove one of the two`)
    first.set(text, number)
  }
  return lines.map(({ text }) => new Secret(Buffer.from(text, "base64")))
}

function linesOf(path: string): readonly { readonly text: string; readonly number: number }[] {
  try {
    const lines = readSecretFile(path).split("\n")
    return lines.flatMap((line, index) => (line.trim() === "" ? [] : [{ text: line.trim(), number: index + 1 }]))
  } catch (cause) {
    if (!(cause instanceof SecretFileError) || !cause.message.startsWith("there is no file")) throw cause
    throw new SecretFileError(`${cause.message}; ${MAKE} ${path}`, { cause })
  }
}
