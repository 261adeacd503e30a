import { randomBytes } from "node:crypto"
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs"
import { join } from "node:path"
import { fingerprintOf } from "conclave/gossip/seal/seal-key"
import type { Change } from "conclave/keyring/ring"
import { openCiphers } from "conclave/node/ciphers"
import { readGossipKeys } from "conclave/node/gossip-keys"
import { KeyFile } from "conclave/node/key-file"
import { Secret } from "conclave/secret"
import { type Test, test } from "tap"
import { temporaryDirectory } from "../local-stage.ts"

const CIPHERS = openCiphers()
const print = (secret: Secret): string => fingerprintOf(secret, CIPHERS)

interface Stage {
  readonly path: string
  readonly file: KeyFile
  /** What seals, as its fingerprint, each time that it was told. */
  readonly told: string[][]
  readonly change: (change: Change) => Promise<{ readonly why: string | undefined; readonly hasChanged: boolean }>
  readonly text: () => string
}

function open(t: Test, text: string, path = join(temporaryDirectory(t), "k")): Stage {
  writeFileSync(path, text, { mode: 0o600 })
  const told: string[][] = []
  const file = new KeyFile({
    path,
    lines: readGossipKeys(path),
    fingerprintOf: print,
    newSecret: () => new Secret(randomBytes(32)),
    onKeys: (secrets) => told.push(secrets.map(print)),
  })
  const change: Stage["change"] = (wish) =>
    new Promise((resolve) => file.change(wish, (why, hasChanged) => resolve({ why, hasChanged })))
  return { path, file, told, change, text: () => readFileSync(path, "utf8") }
}

function key(): { readonly secret: Secret; readonly text: string; readonly fingerprint: string } {
  const bytes = randomBytes(32)
  const secret = new Secret(bytes)
  return { secret, text: bytes.toString("base64"), fingerprint: print(secret) }
}

test("keys come, are used and go line by line, and all else in the file stays", async (t) => {
  const [a, b] = [key(), key()]
  const { file, told, change, text } = open(t, `# ours\n\n${a.text}\n# the end`)
  t.same(file.ring(), [{ fingerprint: a.fingerprint, serial: 0 }])
  t.match(await change({ kind: "install", secret: b.secret, serial: 7 }), { why: undefined, hasChanged: true })
  t.equal(text(), `# ours\n\n${a.text}\n# the end\n${b.text} 7\n`)
  const use: Change = { kind: "use", fingerprint: b.fingerprint, serial: 7 }
  t.match(await change(use), { why: undefined, hasChanged: true })
  t.equal(text(), `# ours\n\n${b.text} 7\n${a.text}\n# the end\n`)
  t.same(told.at(-1), [b.fingerprint, a.fingerprint])
  t.match(await change({ kind: "remove", fingerprint: a.fingerprint }), { hasChanged: true })
  t.equal(text(), `# ours\n\n${b.text} 7\n# the end\n`)
  t.same(file.ring(), [{ fingerprint: b.fingerprint, serial: 7 }])
  for (const again of [use, { kind: "install", secret: b.secret, serial: 9 } as const])
    t.match(await change(again), { why: undefined, hasChanged: false }, `${again.kind} again`)
  t.match(await change({ kind: "remove", fingerprint: a.fingerprint }), { why: undefined, hasChanged: false })
  t.equal(text(), `# ours\n\n${b.text} 7\n# the end\n`)
  t.same(file.secretOf(b.fingerprint)?.reveal(), b.secret.reveal())
  t.equal(file.secretOf(a.fingerprint), undefined)
})

test("a key that is used again is the newest", async (t) => {
  const [a, b] = [key(), key()]
  const { change, text } = open(t, `${b.text} 3\n${a.text}\n`)
  t.match(await change({ kind: "use", fingerprint: a.fingerprint, serial: 4 }), { hasChanged: true })
  t.equal(text(), `${a.text} 4\n${b.text} 3\n`)
})

test("what cannot be done is said, and changes nothing", async (t) => {
  const keys = [key(), key(), key(), key()]
  const all = keys.map((each) => each.text).join("\n")
  const { path, change, text, told } = open(t, all)
  const [first, , , last] = keys as [ReturnType<typeof key>, ReturnType<typeof key>, unknown, ReturnType<typeof key>]
  const refused = async (wish: Change, why: RegExp): Promise<void> => {
    t.match(await change(wish), { why, hasChanged: false })
  }
  await refused(
    { kind: "install", secret: key().secret, serial: 1 },
    /has 4 keys, as many as it may have; conclave keyring remove/,
  )
  await refused(
    { kind: "remove", fingerprint: first.fingerprint },
    /seals the gossip of this agent; conclave keyring use/,
  )
  await refused({ kind: "use", fingerprint: key().fingerprint, serial: 1 }, /is not in .*k; conclave keyring install/)
  t.equal(text(), all)
  writeFileSync(path, "half a k")
  await refused({ kind: "remove", fingerprint: last.fingerprint }, /line 1 of .* is no key/)
  t.equal(text(), "half a k", "what an operator wrote is not undone")
  chmodSync(path, 0o644)
  await refused({ kind: "remove", fingerprint: last.fingerprint }, /is open to others/)
  t.equal(told.length, 1, "and the keys in use stay")
})

test("what an operator has written there meanwhile stays, and holds with the next change", async (t) => {
  const [a, b, c] = [key(), key(), key()]
  const { path, change, file } = open(t, a.text)
  writeFileSync(path, `${b.text}\n${a.text}\n`)
  t.match(await change({ kind: "install", secret: c.secret, serial: 1 }), { hasChanged: true })
  t.same(
    file.ring().map(({ fingerprint }) => fingerprint),
    [b, a, c].map(({ fingerprint }) => fingerprint),
  )
  writeFileSync(path, c.text)
  const inForce = file.renew()
  t.equal(file.ring().length, 3)
  inForce()
  t.equal(file.ring().length, 1)
  const outdated = file.renew()
  await change({ kind: "install", secret: a.secret, serial: 1 })
  outdated()
  t.equal(file.ring().length, 2, "what was read before a change does not undo it")
})

test("a link stays one, the file keeps its mode, and changes at once are done one after another", async (t) => {
  const directory = temporaryDirectory(t)
  mkdirSync(join(directory, "real"))
  const real = join(directory, "real", "k")
  const a = key()
  writeFileSync(real, a.text, { mode: 0o400 })
  const path = join(directory, "link")
  symlinkSync(real, path)
  const file = new KeyFile({
    path,
    lines: readGossipKeys(path),
    fingerprintOf: print,
    newSecret: () => new Secret(randomBytes(32)),
    onKeys: () => {},
  })
  const wishes = [1, 2, 3].map(
    (serial) =>
      new Promise((done) => file.change({ kind: "install", secret: file.newSecret(), serial }, (why) => done(why))),
  )
  t.same(await Promise.all(wishes), [undefined, undefined, undefined])
  t.ok(lstatSync(path).isSymbolicLink())
  t.equal(statSync(real).mode & 0o777, 0o400)
  t.same(
    readFileSync(real, "utf8")
      .split("\n")
      .map((line) => line.split(" ")[1]),
    [undefined, "1", "2", "3", undefined],
  )
})

test("what a crash has left of an earlier change goes with the next one, and what another agent writes stays", async (t) => {
  const { path, change } = open(t, key().text)
  const [left, fresh, other] = [`${path}.new-0123abcd`, `${path}.new-4567abcd`, `${path}.new-key`]
  writeFileSync(left, "a key", { mode: 0o600 })
  writeFileSync(fresh, "another", { mode: 0o600 })
  const before = new Date(Date.now() - 61_000)
  utimesSync(left, before, before)
  writeFileSync(other, "of an operator", { mode: 0o600 })
  utimesSync(other, before, before)
  t.match(await change({ kind: "install", secret: key().secret, serial: 1 }), { hasChanged: true })
  t.same([left, fresh, other].map(existsSync), [false, true, true])
})

test("a folder that takes no file is named, and the keys in use stay", async (t) => {
  // A name that is as long as a name may be has no room for another beside it; root is not stopped by modes.
  const path = join(temporaryDirectory(t), "k".repeat(255))
  const a = key()
  const { change, text, told } = open(t, a.text, path)
  const result = await change({ kind: "install", secret: key().secret, serial: 1 })
  t.match(result, { why: /k cannot be replaced: .*; let the agent's user write its folder/, hasChanged: false })
  t.equal(text(), a.text)
  t.equal(told.length, 1)
})

test("agents that share a file change it at once, and all have what is there", async (t) => {
  const a = key()
  const first = open(t, a.text)
  const others = Array.from({ length: 5 }, () => open(t, a.text, first.path))
  const fresh = key()
  const all = [first, ...others]
  const steps: readonly Change[] = [
    { kind: "install", secret: fresh.secret, serial: 1 },
    { kind: "use", fingerprint: fresh.fingerprint, serial: 1 },
    { kind: "remove", fingerprint: a.fingerprint },
  ]
  for (const step of steps)
    t.same(await Promise.all(all.map(async ({ change }) => (await change(step)).why)), Array(6).fill(undefined))
  t.equal(first.text(), `${fresh.text} 1\n`)
  for (const { told } of all) t.same(told.at(-1), [fresh.fingerprint])
})
