import { writeFileSync } from "node:fs"
import { join } from "node:path"
import { OPEN_DOOR } from "conclave/node/link-door"
import { SecretFileError } from "conclave/node/secret-file"
import { openStreamSeal, type StreamSeal } from "conclave/node/stream-seal"
import type { SealMode } from "conclave/seal-mode"
import { type Test, test } from "tap"
import { temporaryDirectory } from "../local-stage.ts"
import { A, openBehind, request, watch } from "./link-stage.ts"
import { newKey } from "./sealed-stage.ts"
import { until } from "./until.ts"

interface Made {
  readonly seal: StreamSeal
  readonly path: string
  /** Writes the file and has it read again. */
  readonly write: (...secrets: readonly string[]) => Promise<void>
}

const KEY = newKey()
const [OLD, NEW] = ["the secret of yesterday", "the secret of today"]

async function made(t: Test): Promise<Made> {
  const joinKeyFile = join(temporaryDirectory(t), "join.key")
  writeFileSync(joinKeyFile, OLD, { mode: 0o600 })
  const seal = await openStreamSeal({ cluster: "test", joinKeyFile }, KEY, () => "require")
  const write = async (...secrets: readonly string[]): Promise<void> => {
    writeFileSync(joinKeyFile, secrets.join("\n"))
    const use = await seal.renew()
    use()
  }
  return { seal, path: joinKeyFile, write }
}

test("without a join secret streams are open, and there is nothing to read again", async (t) => {
  const seal = await openStreamSeal({ cluster: "test", joinKeyFile: undefined }, KEY, () => "require")
  const use = await seal.renew()
  use()
  t.equal(seal.door, OPEN_DOOR)
  t.same(seal.fingerprints(), [])
})

test("a join secret is changed under running agents, each reachable from each at every step", async (t) => {
  const [a, b] = [await made(t), await made(t)]
  const [one, other] = [await openBehind(a.seal.door), await openBehind(b.seal.door)]
  for (const each of [one, other]) each.links.onRequest((_source, body, reply) => reply([body]))
  const reach = async (): Promise<readonly boolean[]> => [
    (await request(one, other.addr, Uint8Array.of(1))).ok,
    (await request(other, one.addr, Uint8Array.of(1))).ok,
  ]
  t.same(await reach(), [true, true])
  for (const secrets of [[OLD, NEW], [NEW, OLD], [NEW]]) {
    for (const { write } of [a, b]) {
      await write(...secrets)
      t.same(await reach(), [true, true], secrets.join())
    }
  }
  await a.write(OLD)
  t.same(await reach(), [false, false], "the old one is none any more")
  await Promise.all([one.links.close(), other.links.close()])
})

test("what goes in the clear ends when nothing may any more, at both of its ends", async (t) => {
  const joinKeyFile = join(temporaryDirectory(t), "join.key")
  writeFileSync(joinKeyFile, OLD, { mode: 0o600 })
  const config = { cluster: "test", joinKeyFile }
  let mode: SealMode = "accept"
  const one = await openStreamSeal(config, KEY, () => mode)
  const other = await openStreamSeal(config, newKey(), () => "accept")
  const [a, b] = [await openBehind(one.door), await openBehind(other.door)]
  const links = [watch(a, b.addr, A), watch(b, a.addr, A)]
  await until("both are up", () => links.every(({ events }) => events.length === 1))
  const step = async (next: SealMode): Promise<void> => {
    mode = next
    const use = await one.renew()
    use()
  }
  await step("send")
  t.same(
    links.map(({ events }) => events),
    [["up"], ["up"]],
  )
  await step("require")
  await until("both are down", () => links.every(({ events }) => events.length === 2))
  await Promise.all([a.links.close(), b.links.close()])
})

test("secrets are told by fingerprints, the one that is shown first, and of each cluster by its own", async (t) => {
  const { seal, write, path } = await made(t)
  const [old] = seal.fingerprints()
  t.match(old, /^[0-9a-f]{16}$/)
  await write(NEW, OLD)
  const [fresh, ...more] = seal.fingerprints()
  t.not(fresh, old)
  t.same(more, [old])
  const elsewhere = await openStreamSeal({ cluster: "other", joinKeyFile: path }, KEY, () => "require")
  t.equal(seal.fingerprints().filter((each) => elsewhere.fingerprints().includes(each)).length, 0)
})

test("secrets that cannot be read leave all as it was", async (t) => {
  const { seal, write } = await made(t)
  const before = seal.fingerprints()
  await t.rejects(write("short"), { name: SecretFileError.name })
  t.same(seal.fingerprints(), before)
  const [one, other] = [await openBehind(seal.door), await openBehind((await made(t)).seal.door)]
  other.links.onRequest((_source, body, reply) => reply([body]))
  t.ok((await request(one, other.addr, Uint8Array.of(1))).ok)
  await Promise.all([one.links.close(), other.links.close()])
})
