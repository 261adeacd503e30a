import { type NodeId, nodeId } from "@conclave/base"
import type { Message } from "@conclave/swim"
import { Seal } from "conclave/gossip/seal/seal"
import { sealedCodec } from "conclave/gossip/sealed-codec"
import { wireCodec } from "conclave/gossip/swim-codec"
import type { SwimCodec } from "conclave/gossip/swim-driver"
import { openCiphers } from "conclave/node/ciphers"
import { type OpenDatagrams, openDatagrams } from "conclave/node/datagrams"
import { Secret } from "conclave/secret"
import type { Bench, BenchContext } from "../context.ts"
import { watchLoad } from "../machine-load.ts"
import { SEAL_METRICS } from "../metrics.ts"
import { significant } from "../quantiles.ts"
import type { RunFields } from "../record.ts"
import { commits } from "./seal-commits.ts"
import { streamHops } from "./seal-streams.ts"

const WINDOW_MS = 3_000
/** Questions that wait for their answers. */
const IN_FLIGHT = 32
/** What was lost is asked for again by then. */
const STALL_MS = 100
const REFUSALS = 100_000
const CLUSTER = "bench"
const CLOCK = { now: () => performance.now(), wallMs: () => Date.now() }
const ASKER = nodeId("a".repeat(26))
const ANSWERER = nodeId("b".repeat(24).concat("aa"))
const PING: Message = { kind: "ping", from: ASKER, target: ANSWERER, nonce: 1, digest: 1, updates: [] }
const ACK: Message = { kind: "ack", from: ANSWERER, nonce: 1, digest: 1, updates: [] }

/**
 * What it costs that traffic is sealed: datagrams and streams over loopback and what is refused, all in one process;
 * and what a group of three takes to agree.
 */
export const SEAL: Bench = {
  metrics: SEAL_METRICS,
  variant: ["mode"],
  peers: [],
  run: async (context) => {
    for (let run = 1; run <= context.plan.runs; run++) await sealOnce(context, run)
    await commits(context, context.plan.durationMs ?? WINDOW_MS)
  },
}

async function sealOnce({ plan, drivers, progress, record }: BenchContext, run: number): Promise<void> {
  const secrets = [new Secret(openCiphers().random(32))]
  const sealed = (self: NodeId): SwimCodec =>
    sealedCodec(
      CLUSTER,
      new Seal({ ciphers: openCiphers(), cluster: CLUSTER, self, clock: CLOCK, secrets }),
      () => "require",
    )
  const place = { system: "conclave", systemVersion: drivers[0]?.version ?? "", profile: "lan", run, n: 2 }
  const windowMs = plan.durationMs ?? WINDOW_MS
  const exchanges: Readonly<Record<string, readonly [SwimCodec, SwimCodec]>> = {
    open: [wireCodec(CLUSTER), wireCodec(CLUSTER)],
    sealed: [sealed(ASKER), sealed(ANSWERER)],
  }
  for (const [mode, codecs] of Object.entries(exchanges)) {
    progress(`seal ${run}/${plan.runs}: ${mode}`)
    const machine = watchLoad()
    const figures = await exchange(codecs, windowMs)
    record(place, { mode, ...figures, ...machine() })
  }
  for (const mode of ["plain", "tls"] as const) {
    progress(`seal ${run}/${plan.runs}: ${mode}`)
    const machine = watchLoad()
    const figures = await streamHops(mode, windowMs)
    record(place, { mode, ...figures, ...machine() })
  }
  for (const [mode, bytes] of Object.entries(refusedBy(sealed(ASKER)))) {
    progress(`seal ${run}/${plan.runs}: ${mode}`)
    const machine = watchLoad()
    const cpuUs = refuse(sealed(ANSWERER), bytes)
    record(place, { mode, cpuUs, ...machine() })
  }
}

/** Pings and their acks between two sockets for a while; a datagram is counted when it has been read. */
async function exchange([asking, answering]: readonly [SwimCodec, SwimCodec], windowMs: number): Promise<RunFields> {
  const place = { host: "127.0.0.1", port: 0 }
  const [a, b] = await Promise.all([openDatagrams(place), openDatagrams(place)])
  const to = ({ bound }: OpenDatagrams): Parameters<OpenDatagrams["send"]>[0] =>
    `${bound.host}:${bound.port}` as Parameters<OpenDatagrams["send"]>[0]
  const ask = (): void => a.send(to(b), asking.encodeMessage(PING))
  let read = 0
  b.onReceive((source, bytes) => {
    if (answering.decodeMessage(bytes).kind !== "ping") return
    read++
    b.send(source, answering.encodeMessage(ACK))
  })
  a.onReceive((_source, bytes) => {
    if (asking.decodeMessage(bytes).kind !== "ack") return
    read++
    ask()
  })
  const [beganAtMs, used] = [performance.now(), process.cpuUsage()]
  for (let count = 0; count < IN_FLIGHT; count++) ask()
  for (let before = 0; performance.now() - beganAtMs < windowMs; before = read) {
    await new Promise((resolve) => setTimeout(resolve, STALL_MS))
    if (read === before) for (let count = 0; count < IN_FLIGHT; count++) ask()
  }
  const tookMs = performance.now() - beganAtMs
  const { user, system } = process.cpuUsage(used)
  await Promise.all([a.close(), b.close()])
  return {
    packetsPerSec: significant((read * 1_000) / tookMs),
    cpuPercent: significant((user + system) / tookMs / 10),
    cpuUs: significant((user + system) / Math.max(1, read)),
  }
}

/** A datagram for each way to be refused. */
function refusedBy(codec: SwimCodec): Readonly<Record<string, Uint8Array>> {
  const changed = (at: number): Uint8Array => {
    const bytes = Uint8Array.from(codec.encodeMessage(PING))
    bytes[at] = (bytes[at] as number) ^ 1
    return bytes
  }
  return {
    unsealed: wireCodec(CLUSTER).encodeMessage(PING),
    forged: changed(20),
    changed: changed(60),
    replayed: codec.encodeMessage(PING),
  }
}

/** Processor time for one of them, the socket left aside. */
function refuse(codec: SwimCodec, bytes: Uint8Array): number {
  codec.decodeMessage(bytes)
  for (let count = 0; count < REFUSALS / 10; count++) codec.decodeMessage(bytes)
  const used = process.cpuUsage()
  for (let count = 0; count < REFUSALS; count++) {
    if (codec.decodeMessage(bytes).kind !== "unreadable") throw new Error("it was to be refused")
  }
  const { user, system } = process.cpuUsage(used)
  return significant((user + system) / REFUSALS)
}
