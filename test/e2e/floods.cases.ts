import { once } from "node:events"
import { mkdtempSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { Worker } from "node:worker_threads"
import { type NodeId, nodeId, Random } from "@conclave/base"
import { type Client, connect } from "@conclave/sdk"
import type { Message } from "@conclave/swim"
import { Seal } from "conclave/gossip/seal/seal"
import { sealedCodec } from "conclave/gossip/sealed-codec"
import { wireCodec } from "conclave/gossip/swim-codec"
import type { SwimCodec } from "conclave/gossip/swim-driver"
import { openCiphers } from "conclave/node/ciphers"
import { Secret } from "conclave/secret"
import { type Test, test } from "tap"
import { conclave } from "../program.ts"
import { untilVoters } from "./recovering.ts"
import { type StartedAgent, startAgent } from "./started-agent.ts"

const CLUSTER = "default"
const STRANGER = nodeId("b".repeat(24).concat("aa"))
const PACKETS_MAX = 200_000
const FLOOD_MS = 4000
const LOCKS = 100
/** A machine may be too slow for its own agents for a while; then an election says nothing of the flood. */
const TRIES = 3
const GROWTH_BYTES_MAX = 96 * 1024 * 1024

/** Sends at full speed, so many at most and so long at most; tells how many went out and what came back. */
const DATAGRAMS = `
const { workerData, parentPort } = require("node:worker_threads")
const socket = require("node:dgram").createSocket("udp4")
const { packets, ports, most, ms } = workerData
let heard = 0
socket.on("message", (bytes) => { heard += bytes.length })
socket.bind(0, "127.0.0.1", () => {
  const endsAt = Date.now() + ms
  let sent = 0
  const burst = () => {
    if (sent >= most || Date.now() > endsAt) return setTimeout(() => { socket.close(); parentPort.postMessage({ sent, heard }) }, 300)
    let left = 64
    for (let count = 0; count < 64; count++, sent++)
      socket.send(packets[sent % packets.length], ports[sent % ports.length], "127.0.0.1", () => { if (--left === 0) setImmediate(burst) })
  }
  burst()
})`

/**
 * Connects at full speed: a quarter says what is no handshake, a quarter stops in the midst of one, the others shake
 * hands and do not know the secret. What a handshake itself says is not counted.
 */
const CONNECTIONS = `
const { workerData, parentPort } = require("node:worker_threads")
const { connect } = require("node:net")
const tls = require("node:tls")
const { ports, ms } = workerData
const endsAt = Date.now() + ms
let [sent, heard, open] = [0, 0, 0]
const hear = (bytes) => { heard += bytes.length }
const knock = () => {
  const number = sent++
  open++
  const socket = connect({ host: "127.0.0.1", port: ports[number % ports.length], localAddress: "127.0.0." + (2 + (number % 8)) })
  socket.on("error", () => {})
  socket.on("close", () => {
    open--
    if (Date.now() < endsAt) knock()
    else if (open === 0) parentPort.postMessage({ sent, heard })
  })
  const form = Math.floor(number / ports.length) % 4
  if (form > 1) {
    const stream = tls.connect({ socket, rejectUnauthorized: false, ALPNProtocols: ["conclave/1"] }, () => stream.end(Buffer.alloc(200, number)))
    return stream.on("data", hear).on("error", () => {})
  }
  socket.on("data", hear)
  socket.write(form === 0 ? "GET / HTTP/1.1\\r\\n\\r\\n" : Buffer.from("160301020001000001fc0303", "hex"))
  setTimeout(() => socket.destroy(), 20)
}
for (let count = 0; count < 48; count++) knock()`

interface Flooded {
  readonly sent: number
  readonly heard: number
}

/** Something of every way to be refused; those that were recorded open once and never again. */
function badPackets(secret: Secret): readonly Uint8Array[] {
  const random = new Random(3)
  const codecOf = (key: Secret, cluster = CLUSTER): SwimCodec => {
    const clock = { now: () => 0, wallMs: () => 0 }
    const seal = new Seal({ ciphers: openCiphers(), cluster, self: STRANGER, clock, secrets: [key] })
    return sealedCodec(cluster, seal, () => "require")
  }
  const target = nodeId("c".repeat(24).concat("aa")) as NodeId
  const ping: Message = { kind: "ping", from: STRANGER, target, nonce: 5, digest: 7, updates: [] }
  const known = codecOf(secret)
  const wrong = codecOf(new Secret(openCiphers().random(32)))
  const forms: readonly (() => Uint8Array)[] = [
    () => Uint8Array.from({ length: random.below(1400) }, () => random.below(256)),
    () => Uint8Array.from({ length: 1473 + random.below(40_000) }, () => 0xc1),
    () => wireCodec(CLUSTER).encodeMessage(ping),
    () => wrong.encodeMessage(ping),
    () => codecOf(secret, "another").encodeMessage(ping),
    () => known.encodeMessage(ping).subarray(0, random.below(56)),
    () => damaged(known.encodeMessage(ping), 4 + random.below(36), random),
    () => known.encodeMessage(ping),
  ]
  return forms.flatMap((form) => Array.from({ length: 40 }, form))
}

function damaged(bytes: Uint8Array, at: number, random: Random): Uint8Array {
  const copy = Uint8Array.from(bytes)
  copy[at] = (copy[at] as number) ^ (1 + random.below(255))
  return copy
}

type Flood = (agents: readonly StartedAgent[]) => Promise<Flooded>

function floodBy(program: string, more: object): Flood {
  return async (agents) => {
    const ports = agents.map(({ addr }) => Number(addr.split(":").at(-1)))
    const worker = new Worker(program, { eval: true, workerData: { ports, ms: FLOOD_MS, ...more } })
    const [told] = (await once(worker, "message")) as [Flooded]
    return told
  }
}

/** What it takes to get a lock and give it back, one after another, until `isOver` after so many. */
async function lockTimes(client: Client, isOver: () => boolean): Promise<readonly number[]> {
  const times: number[] = []
  while (times.length < LOCKS || !isOver()) {
    const beganAtMs = performance.now()
    const lock = await client.lock("flooded")
    await lock.release()
    times.push(performance.now() - beganAtMs)
  }
  return times.sort((a, b) => a - b)
}

function quantile(sorted: readonly number[], share: number): string {
  return (sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0).toFixed(1)
}

function residentBytes({ pid }: StartedAgent): number {
  return 1024 * Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1])
}

async function printed(t: Test, { socket }: StartedAgent, ...words: readonly string[]): Promise<string> {
  return (await conclave(t, ...words, "--socket", socket).ended).stdout
}

async function termOf(t: Test, agent: StartedAgent): Promise<string> {
  return (JSON.parse(await printed(t, agent, "raft", "status", "--json")) as { term: string }).term
}

test("of bad datagrams and connections at full speed nobody dies, nothing grows, and no byte comes back", {
  timeout: 600_000,
}, async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "conclave-test-"))
  t.teardown(() => rmSync(folder, { recursive: true, force: true }))
  const start = (name: string, ...more: readonly string[]): Promise<StartedAgent> =>
    startAgent(t, { folder, name, profile: "lan" }, ...more)
  const n1 = await start("n1", "--bootstrap")
  const agents = [n1, await start("n2", "--join", n1.addr), await start("n3", "--join", n1.addr)]
  await untilVoters(t, n1, 3)
  const secret = new Secret(Buffer.from(readFileSync(join(folder, "shared-gossip.key"), "utf8"), "base64"))
  await using client = await connect({ socket: n1.socket, waitMs: 60_000 })
  const floods: Readonly<Record<string, Flood>> = {
    datagrams: floodBy(DATAGRAMS, { packets: badPackets(secret), most: PACKETS_MAX }),
    connections: floodBy(CONNECTIONS, {}),
  }
  for (const [what, flood] of Object.entries(floods)) await endure(t, { what, flood, agents, client })
})

interface Endured {
  readonly what: string
  readonly flood: Flood
  readonly agents: readonly StartedAgent[]
  readonly client: Client
}

async function endure(t: Test, { what, flood, agents, client }: Endured): Promise<void> {
  const [n1] = agents as [StartedAgent]
  // What was recorded opens once, and what is kept of strangers is there: before, so that in the flood it is not new.
  await flood(agents)
  const calm = await lockTimes(client, () => true)
  const before = agents.map(residentBytes)
  let isSteady = false
  for (let attempt = 0; attempt < TRIES && !isSteady; attempt++) {
    const term = await termOf(t, n1)
    let told: Flooded | undefined
    const flooding = flood(agents).then((result) => {
      told = result
    })
    const times = await lockTimes(client, () => told !== undefined)
    await flooding
    isSteady = (await termOf(t, n1)) === term
    t.equal(told?.heard, 0, "not one byte")
    t.comment(
      `${told?.sent} ${what} in about ${FLOOD_MS} ms; lock p50/p99 ${quantile(times, 0.5)}/${quantile(times, 0.99)} ms, ` +
        `calm ${quantile(calm, 0.5)}/${quantile(calm, 0.99)} ms`,
    )
  }
  t.ok(isSteady, "no election")
  for (const [index, agent] of agents.entries()) {
    t.equal(await printed(t, agent, "events", "--json", "--kind", "member.dead"), "", `${agent.name}: nobody dies`)
    t.equal((await printed(t, agent, "members", "--status", "alive", "--count")).trim(), "3")
    const grown = residentBytes(agent) - (before[index] ?? 0)
    t.ok(grown < GROWTH_BYTES_MAX, `${agent.name} has grown by ${grown} bytes`)
  }
}
