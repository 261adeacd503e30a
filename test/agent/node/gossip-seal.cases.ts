import { randomBytes } from "node:crypto"
import { writeFileSync } from "node:fs"
import { join } from "node:path"
import type { Message } from "@conclave/swim"
import { openCiphers } from "conclave/node/ciphers"
import { type GossipSeal, openGossipSeal } from "conclave/node/gossip-seal"
import type { SealMode } from "conclave/seal-mode"
import { test } from "tap"
import { idOf } from "../../swim/stage.ts"
import { temporaryDirectory } from "../local-stage.ts"

const PING: Message = { kind: "ping", from: idOf(1), target: idOf(2), nonce: 5, digest: 7, updates: [] }

function sealFor(
  member: number,
  gossipKeyFile?: string,
  gossipSeal: SealMode = "require",
  now = () => 0,
): Promise<GossipSeal> {
  const own = { id: idOf(member), ciphers: openCiphers(), now }
  return openGossipSeal({ cluster: "prod", gossipKeyFile, gossipSeal }, own)
}

function newKey(): string {
  return randomBytes(32).toString("base64")
}

test("without a key file gossip is open, and a reload changes nothing", async (t) => {
  const seal = await sealFor(1)
  t.same(seal.fingerprints(), [])
  await seal.reload("send")
  t.equal(seal.codec.encodeMessage(PING).length, 50)
  t.equal(seal.encryption(), "open")
})

test("with one it is sealed as far as it is said", async (t) => {
  const path = join(temporaryDirectory(t), "k")
  writeFileSync(path, newKey(), { mode: 0o600 })
  const [a, b] = [await sealFor(1, path), await sealFor(2, path)]
  t.same(b.codec.decodeMessage(a.codec.encodeMessage(PING)), PING)
  t.equal(a.encryption(), "require")
  await a.reload("accept")
  t.equal(a.encryption(), "accept")
  t.equal(a.codec.encodeMessage(PING).length, 50)
})

test("keys change with the file and hosts need not do so at once", async (t) => {
  const directory = temporaryDirectory(t)
  const path = (host: string): string => join(directory, host)
  const put = (host: string, ...keys: readonly string[]): void => {
    writeFileSync(path(host), keys.join("\n"), { mode: 0o600 })
  }
  const [old, fresh] = [newKey(), newKey()]
  for (const host of ["a", "b", "c"]) put(host, old)
  const [a, b] = [await sealFor(1, path("a")), await sealFor(2, path("b"))]
  const hear = (step: string): void => {
    t.equal(b.codec.decodeMessage(a.codec.encodeMessage(PING)).kind, "ping", `b hears a ${step}`)
    t.equal(a.codec.decodeMessage(b.codec.encodeMessage(PING)).kind, "ping", `a hears b ${step}`)
  }
  const steps = [[old, fresh], [fresh, old], [fresh]]
  for (const [index, keys] of steps.entries()) {
    put("a", ...keys)
    await a.reload("require")
    hear(`half way of step ${index}`)
    put("b", ...keys)
    await b.reload("require")
    hear(`after step ${index}`)
  }
  t.equal(a.fingerprints().length, 1)
  t.not(a.fingerprints()[0], (await sealFor(3, path("c"))).fingerprints()[0])
})

test("a file that became unusable changes nothing", async (t) => {
  const path = join(temporaryDirectory(t), "k")
  writeFileSync(path, newKey(), { mode: 0o600 })
  const [a, b] = [await sealFor(1, path, "send"), await sealFor(2, path)]
  writeFileSync(path, "nonsense")
  await t.rejects(a.reload("accept"), { name: "SecretFileError" })
  t.same(b.codec.decodeMessage(a.codec.encodeMessage(PING)), PING)
  await t.rejects(sealFor(3, path), { name: "SecretFileError" })
})

test("on the last step but one it is told who does not seal yet", async (t) => {
  const path = join(temporaryDirectory(t), "k")
  writeFileSync(path, newKey(), { mode: 0o600 })
  let nowMs = 0
  const seal = await sealFor(2, path, "accept", () => nowMs)
  const open = await sealFor(1)
  seal.codec.decodeMessage(open.codec.encodeMessage(PING))
  seal.codec.decodeMessage((await sealFor(3, path)).codec.encodeMessage(PING))
  t.same(seal.unsealedSenders(), [], "where nobody is to seal yet that is no news")
  await seal.reload("send")
  t.same(seal.unsealedSenders(), [idOf(1)])
  nowMs = 60_000
  t.same(seal.unsealedSenders(), [])
  t.same(open.unsealedSenders(), [])
})
