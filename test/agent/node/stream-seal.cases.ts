import { writeFileSync } from "node:fs"
import { join } from "node:path"
import { OPEN_DOOR } from "conclave/node/links/link-door"
import { SecretFileError } from "conclave/node/secret-file"
import { openStreamSeal, type StreamSeal } from "conclave/node/stream-seal"
import type { Channel, ChannelEvent } from "conclave/ports"
import type { SealMode } from "conclave/seal-mode"
import { type Test, test } from "tap"
import { temporaryDirectory } from "../local-stage.ts"
import { A, openBehind, type Peer, request, watch } from "./link-stage.ts"
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

test("what goes in the clear ends at each step as far as it need not, at both of its ends", async (t) => {
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
  t.equal(one.clear(), 2)
  await step("send")
  await until("what this end opened is down, to be opened under TLS", () => links[0]?.events.length === 2)
  t.equal(one.clear(), 1)
  t.same(links[1]?.events, ["up"], "and what the other opened is not, which cannot do better yet")
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

/** A channel of one end to the other, and what became of it. */
function channelFrom(one: Peer, other: Peer): { events: ChannelEvent["kind"][]; channel: Channel } {
  const events: ChannelEvent["kind"][] = []
  const channel = one.links.dial(other.addr, ({ kind }) => events.push(kind))
  return { events, channel }
}

test("a secret that is taken away ends the streams that it opened, at both of their ends, and no others", async (t) => {
  const [a, b, c] = [await made(t), await made(t), await made(t)]
  const [one, other, third] = [
    await openBehind(a.seal.door),
    await openBehind(b.seal.door),
    await openBehind(c.seal.door),
  ]
  for (const { links } of [one, other, third]) links.onDial(() => () => {})
  const [inbound, outbound] = [channelFrom(other, one), channelFrom(one, other)]
  await until("both are up", () => [inbound, outbound].every(({ events }) => events.length === 1))
  for (const { write } of [a, c]) await write(NEW, OLD)
  const renewed = channelFrom(third, one)
  await until("one more is up", () => renewed.events.length === 1)
  t.same([inbound.events, outbound.events], [["up"], ["up"]])
  await a.write(NEW)
  await until("the old ones are down", () => [inbound, outbound].every(({ events }) => events.length === 2))
  t.same(
    [inbound.events, outbound.events],
    [
      ["up", "over"],
      ["up", "over"],
    ],
  )
  await b.write(NEW)
  const again = channelFrom(other, one)
  await until("it is let in with the new one", () => again.events.length === 1)
  t.same([renewed.events, again.events], [["up"], ["up"]])
  await Promise.all([one, other, third].map(({ links }) => links.close()))
})
