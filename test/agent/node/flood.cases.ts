import { createSocket, type Socket } from "node:dgram"
import { once } from "node:events"
import { Random } from "@conclave/base"
import type { Message } from "@conclave/swim"
import { Seal } from "conclave/gossip/seal/seal"
import { sealedCodec } from "conclave/gossip/sealed-codec"
import { wireCodec } from "conclave/gossip/swim-codec"
import type { SwimCodec } from "conclave/gossip/swim-driver"
import { openCiphers } from "conclave/node/ciphers"
import type { Daemon } from "conclave/node/daemon"
import { keysOf, readGossipKeys } from "conclave/node/gossip-keys"
import { Secret } from "conclave/secret"
import { type Test, test } from "tap"
import { keyFileIn } from "../../key-files.ts"
import { idOf } from "../../swim/stage.ts"
import { STANDING } from "../gossip/seal/stage.ts"
import { temporaryDirectory } from "../local-stage.ts"
import { agentIn, type Made, states } from "./daemon-stage.ts"
import { until } from "./until.ts"

const CLUSTER = "default"
const PACKETS = 20_000
/** Sent before the loop turns, so that the agents in this process read them. */
const BURST = 100

interface Stage {
  readonly a: Daemon
  readonly b: Daemon
  readonly made: Made
  readonly codecOf: (secrets: readonly Secret[], cluster?: string) => SwimCodec
  readonly secrets: readonly Secret[]
  /** Bytes that came back. */
  readonly heard: Buffer[]
  readonly send: (bytes: Uint8Array) => void
}

/** Two agents with one key, and a socket of somebody else's. */
async function stageFor(t: Test): Promise<Stage> {
  const directory = temporaryDirectory(t)
  const key = keyFileIn(directory, "key")
  const made = agentIn(directory, "a")
  const a = await made.start("--gossip-key-file", key)
  const b = await agentIn(directory, "b").start("--gossip-key-file", key, "--join", a.ready["addr"] as string)
  t.teardown(() => Promise.all([a.close("restart"), b.close("restart")]))
  await until("they know each other", () => a.host.counts().alive === 2 && b.host.counts().alive === 2)
  const socket: Socket = createSocket("udp4")
  socket.bind(0, "127.0.0.1")
  await once(socket, "listening")
  t.teardown(() => socket.close())
  const heard: Buffer[] = []
  socket.on("message", (bytes) => heard.push(bytes))
  const port = Number(String(a.ready["addr"]).split(":").at(-1))
  const codecOf = (secrets: readonly Secret[], cluster = CLUSTER): SwimCodec =>
    sealedCodec(
      cluster,
      new Seal({ ciphers: openCiphers(), cluster, self: idOf(7), clock: STANDING, secrets }),
      () => "require",
    )
  const send = (bytes: Uint8Array): void => socket.send(bytes, port, "127.0.0.1")
  return { a, b, made, codecOf, secrets: keysOf(readGossipKeys(key)).map(({ secret }) => secret), heard, send }
}

function pingTo({ host }: Daemon): Message {
  return { kind: "ping", from: idOf(7), target: host.id, nonce: 5, digest: 7, updates: [] }
}

test("whoever lacks the key gets nothing back, and nobody dies of all that it sends", async (t) => {
  const stage = await stageFor(t)
  const { a, b, codecOf, secrets, made } = stage
  const ping = pingTo(a)
  const genuine = codecOf(secrets).encodeMessage(ping)
  const random = new Random(3)
  const forged = (at: number): Uint8Array => {
    const copy = Uint8Array.from(genuine)
    copy[at] = (copy[at] as number) ^ (1 + random.below(255))
    return copy
  }
  const forms: readonly (() => Uint8Array)[] = [
    () => Uint8Array.from({ length: random.below(1400) }, () => random.below(256)),
    () => wireCodec(CLUSTER).encodeMessage(ping),
    () => codecOf([new Secret(openCiphers().random(32))]).encodeMessage(ping),
    () => codecOf(secrets, "other").encodeMessage(ping),
    () => genuine.subarray(0, random.below(56)),
    () => forged(4 + random.below(36)),
    () => forged(40 + random.below(genuine.length - 40)),
  ]
  const packets = forms.flatMap((form) => Array.from({ length: 50 }, form))
  for (let sent = 0; sent < PACKETS; sent++) {
    stage.send(random.pick(packets))
    if (sent % BURST === 0) await new Promise((resolve) => setImmediate(resolve))
  }
  const counts = (): Readonly<Record<string, number>> => a.host.refusedDatagrams
  for (const reason of ["foreign", "unsealed", "label", "truncated", "forged"])
    await until(`some are refused as ${reason}`, () => (counts()[reason] ?? 0) > 0)
  t.same(stage.heard, [], "not one byte")
  await until("all hold all for alive", () =>
    [a, b].every((each) => Object.values(states(each)).join() === "alive,alive"),
  )
  t.notOk(made.events.includes("member.dead"))
  const said = made.events.filter((event) => event.startsWith("gossip.") && event !== "gossip.keys")
  t.same(said.length, new Set(said).size, "each kind of mistake is logged once, not for each datagram")
})
