import { randomBytes } from "node:crypto"
import { writeFileSync } from "node:fs"
import { join } from "node:path"
import { keysOf, readGossipKeys } from "conclave/node/gossip-keys"
import { test } from "tap"
import { temporaryDirectory } from "../local-stage.ts"

test("keys are read line by line, the first one first", async (t) => {
  const path = join(temporaryDirectory(t), "k")
  const keys = [randomBytes(32), randomBytes(32)]
  writeFileSync(path, `\n${keys.map((key) => key.toString("base64")).join("  \r\n\n ")}`, { mode: 0o600 })
  t.same(
    keysOf(readGossipKeys(path)).map(({ secret }) => Buffer.from(secret.reveal()).toString("hex")),
    keys.map((key) => key.toString("hex")),
  )
})

test("what is no key is refused with its line and the next step, and is not shown", async (t) => {
  const path = join(temporaryDirectory(t), "k")
  const key = (): string => randomBytes(32).toString("base64")
  const good = key()
  const refused = (text: string, why: string): void => {
    writeFileSync(path, text, { mode: 0o600 })
    t.throws(() => readGossipKeys(path), { name: "SecretFileError", message: why })
  }
  const make = `make one: conclave keyring gen > ${path}`
  refused("", `${path} has no key; ${make}`)
  refused("\n \n", `${path} has no key; ${make}`)
  const short = randomBytes(12).toString("base64")
  const form = "it has to be 32 bytes in base64,"
  refused(`${good}\n${short}`, `line 2 of ${path} is no key: ${form} this has 12; ${make}`)
  refused(randomBytes(32).toString("hex"), `line 1 of ${path} is no key: ${form} this has 48; ${make}`)
  refused("correct horse", `line 1 of ${path} is no key: ${form} this has 9; ${make}`)
  const url = `${"-_".repeat(21)}-=`
  refused(url, `line 1 of ${path} is no key: ${form} this is not plain base64; ${make}`)
  const stuck = "has something stuck to a key, such as key= or quotes; leave the key alone"
  for (const text of [`key=${good}`, `gossip:${good}`, `"${good}"`, `${good},`, `key = ${good}`, `key=${good} 7`])
    refused(`# a\n${text}`, `line 2 of ${path} ${stuck}`)
  refused(`${good}\n\n${good}\n`, `line 3 of ${path} is the same key as line 1; remove one of the two`)
  const behind = "behind a key stands its serial or nothing; a comment is a line of its own"
  for (const more of ["4294967296", "-1", "new", "1 new", "1.5"])
    refused(`# a\n${good} ${more}`, `line 2 of ${path}: ${behind}`)
  refused([key(), key(), key(), key(), key()].join("\n"), `${path} has 5 keys, at most 4 are taken; remove the oldest`)
})

test("a key may have a serial behind it, and a line may be a comment", async (t) => {
  const path = join(temporaryDirectory(t), "k")
  const [a, b] = [randomBytes(32), randomBytes(32)].map((key) => key.toString("base64"))
  writeFileSync(path, `# ours\n${a}  12\r\n\n${b}`, { mode: 0o600 })
  const lines = readGossipKeys(path)
  t.same(
    lines.map(({ text }) => text),
    ["# ours", `${a} 12`, "", b],
  )
  t.same(
    keysOf(lines).map(({ serial }) => serial),
    [12, 0],
  )
})

test("a file that is not there is to be made", async (t) => {
  t.throws(() => readGossipKeys("/none"), { message: "there is no file /none; make one: conclave keyring gen > /none" })
})
