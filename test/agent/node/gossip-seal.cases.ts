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
  mode: () => SealMode = () => "require",
  now = () => 0,
): GossipSeal {
  const own = { id: idOf(member), ciphers: openCiphers(), clock: { now, wallMs: () => 0 } }
  return openGossipSeal({ cluster: "prod", gossipKeyFile }, own, mode)
}

function newKey(): string {
  return randomBytes(32).toString("base64")
}

test("without a key file gossip is open, and there is nothing to read again", (t) => {
  const seal = sealFor(1)
  t.equal(seal.keys, undefined)
  seal.renew()()
  t.equal(seal.codec.encodeMessage(PING).length, 50)
  t.end()
})

test("with one it is sealed as far as it is said", (t) => {
  const path = join(temporaryDirectory(t), "k")
  writeFileSync(path, newKey(), { mode: 0o600 })
  let mode: SealMode = "require"
  const [a, b] = [sealFor(1, path, () => mode), sealFor(2, path)]
  t.same(b.codec.decodeMessage(a.codec.encodeMessage(PING)), PING)
  mode = "accept"
  t.equal(a.codec.encodeMessage(PING).length, 50)
  t.end()
})

test("keys change with the file and hosts need not do so at once", (t) => {
  const directory = temporaryDirectory(t)
  const path = (host: string): string => join(directory, host)
  const put = (host: string, ...keys: readonly string[]): void => {
    writeFileSync(path(host), keys.join("\n"), { mode: 0o600 })
  }
  const [old, fresh] = [newKey(), newKey()]
  for (const host of ["a", "b", "c"]) put(host, old)
  const [a, b] = [sealFor(1, path("a")), sealFor(2, path("b"))]
  const hear = (step: string): void => {
    t.equal(b.codec.decodeMessage(a.codec.encodeMessage(PING)).kind, "ping", `b hears a ${step}`)
    t.equal(a.codec.decodeMessage(b.codec.encodeMessage(PING)).kind, "ping", `a hears b ${step}`)
  }
  const steps = [[old, fresh], [fresh, old], [fresh]]
  for (const [index, keys] of steps.entries()) {
    put("a", ...keys)
    a.renew()()
    hear(`half way of step ${index}`)
    put("b", ...keys)
    b.renew()()
    hear(`after step ${index}`)
  }
  t.equal(a.keys?.ring().length, 1)
  t.notSame(a.keys?.ring(), sealFor(3, path("c")).keys?.ring())
  t.end()
})

test("a file that became unusable changes nothing", (t) => {
  const path = join(temporaryDirectory(t), "k")
  writeFileSync(path, newKey(), { mode: 0o600 })
  const [a, b] = [sealFor(1, path, () => "send"), sealFor(2, path)]
  writeFileSync(path, "nonsense")
  t.throws(() => a.renew(), { name: "SecretFileError" })
  t.same(b.codec.decodeMessage(a.codec.encodeMessage(PING)), PING)
  t.throws(() => sealFor(3, path), { name: "SecretFileError" })
  t.end()
})

test("it is told who was heard in the clear in the last minute, where that is taken", (t) => {
  const path = join(temporaryDirectory(t), "k")
  writeFileSync(path, newKey(), { mode: 0o600 })
  let nowMs = 0
  let mode: SealMode = "accept"
  const seal = sealFor(
    2,
    path,
    () => mode,
    () => nowMs,
  )
  const open = sealFor(1)
  seal.codec.decodeMessage(open.codec.encodeMessage(PING))
  seal.codec.decodeMessage(sealFor(3, path).codec.encodeMessage(PING))
  t.same(seal.unsealedSenders(), [idOf(1)])
  mode = "require"
  t.same(seal.unsealedSenders(), [])
  mode = "send"
  nowMs = 60_000
  t.same(seal.unsealedSenders(), [])
  t.same(open.unsealedSenders(), [])
  t.end()
})
