import { deepStrictEqual, ok } from "node:assert/strict"
import { writeFileSync } from "node:fs"
import { join } from "node:path"
import { keyLine, keysOf, readGossipKeys } from "conclave/node/gossip-keys"
import { readJoinKeyFile } from "conclave/node/join-key-file"
import { SecretFileError } from "conclave/node/secret-file"
import { test } from "tap"
import { fuzz } from "../../fuzz.ts"
import { temporaryDirectory } from "../local-stage.ts"

const KEYS = [1, 2, 3].map((byte) => Buffer.alloc(32, byte).toString("base64"))
const WORDS = ["correct horse battery staple", "a second secret of some length"]

/** What the file gives; undefined where it is refused, without a word of what is in it. */
function unless<Value>(secrets: readonly string[], read: () => Value): Value | undefined {
  try {
    return read()
  } catch (cause) {
    if (!(cause instanceof SecretFileError)) throw cause
    const said = `${cause.message} ${cause.why} ${cause.next ?? ""}`
    for (const secret of secrets) ok(!said.includes(secret.slice(0, 12)) && !said.includes(secret.slice(-12)), said)
    return undefined
  }
}

test("whatever stands in a file of gossip keys, it is keys that can be written again, or refused without being told", (t) => {
  const path = join(temporaryDirectory(t), "gossip.key")
  const corpus = [`${KEYS[0]}\n`, `# of prod\n\n${KEYS[0]} 7\n${KEYS[1]}\n`, `${KEYS[2]} 4294967295\r\n`]
  const decode = (bytes: Uint8Array): boolean => {
    writeFileSync(path, bytes, { mode: 0o600 })
    const lines = unless(KEYS, () => readGossipKeys(path))
    if (lines === undefined) return false
    const keys = keysOf(lines)
    writeFileSync(path, keys.map((key) => `${keyLine(key).text}\n`).join(""))
    const again = keysOf(readGossipKeys(path))
    const plain = (some: typeof keys): unknown => some.map(({ secret, serial }) => [[...secret.reveal()], serial])
    deepStrictEqual(plain(again), plain(keys))
    return true
  }
  fuzz(t, 1401, { corpus: corpus.map((text) => Buffer.from(text)), decode, inGate: 200 })
  t.end()
})

test("whatever stands in a file of join secrets, it is one to three of them, or refused without being told", (t) => {
  const path = join(temporaryDirectory(t), "join.key")
  const corpus = [`${WORDS[0]}\n`, WORDS.join("\n"), `\n ${WORDS[1]} \r\n\n`]
  const decode = (bytes: Uint8Array): boolean => {
    writeFileSync(path, bytes, { mode: 0o600 })
    const secrets = unless(WORDS, () => readJoinKeyFile(path))
    if (secrets === undefined) return false
    ok(secrets.length >= 1 && secrets.length <= 3)
    for (const each of secrets) ok(each.reveal().length >= 16)
    return true
  }
  fuzz(t, 1402, { corpus: corpus.map((text) => Buffer.from(text)), decode, inGate: 200 })
  t.end()
})
