import { addr, base32, generation, hashText, incarnation, millis, type NodeId, nodeId, Random } from "@conclave/base"
import { type Message, makeRecord, type RecordFields, Swim, swimConfig, type Update } from "@conclave/swim"
import { judge } from "@conclave/swim/merge"
import { decodeMessage, encodeMessage } from "@conclave/swim/wire"

/** One thing that is done over and over; `call` does it once. */
export interface MicroTask {
  readonly name: string
  readonly call: () => void
}

/** Updates of a full but ordinary packet. */
const PACKET_UPDATES = 6
const LABEL = hashText("bench")

/** Codec, merge and step of the core, among `members` members. */
export function microTasks(members: number, seed: number): MicroTask[] {
  return [...codecTasks(seed), mergeTask(), ...stepTasks(members, seed)]
}

function codecTasks(seed: number): MicroTask[] {
  const message = pingTo(idOf(1), idOf(0), aliveUpdates(seed, PACKET_UPDATES))
  const bytes = encodeMessage(message, LABEL)
  return [
    { name: "codec.encode", call: () => void encodeMessage(message, LABEL) },
    { name: "codec.decode", call: () => void decodeMessage(bytes, LABEL) },
  ]
}

function mergeTask(): MicroTask {
  const states = ["alive", "suspect", "dead", "left"] as const
  const versions = [1, 2].map((count) => ({ generation: generation(count), incarnation: incarnation(count) }))
  const pairs = states.flatMap((state) =>
    states.flatMap((kind) =>
      versions.flatMap((held) => versions.map((news) => ({ held: { state, ...held }, news: { kind, ...news } }))),
    ),
  )
  let turn = 0
  const call = (): void => {
    const pair = pairs[turn++ % pairs.length]
    if (pair !== undefined) judge(pair.held, pair.news)
  }
  return { name: "merge", call }
}

function stepTasks(members: number, seed: number): MicroTask[] {
  const stale = warmSwim(members, seed)
  const known = aliveUpdates(seed, PACKET_UPDATES)
  const fresh = warmSwim(members, seed)
  let count = 1
  return [
    {
      name: "step.ping",
      call: () => stale.take(pingTo(idOf(1), idOf(0), known)),
    },
    {
      name: "step.news",
      call: () =>
        fresh.take({ ...gossipFrom(idOf(1)), updates: [suspicion(idOf(2 + (count % (members - 2))), count++)] }),
    },
  ]
}

/** A core that knows everybody, on a clock that moves a millisecond a packet. */
function warmSwim(members: number, seed: number): { take: (message: Message) => void } {
  let nowMs = 0
  const swim = new Swim({ config: swimConfig("lan"), self: fieldsOf(0), seed, nowMs: millis(0) })
  const take = (message: Message): void => {
    swim.step(millis(++nowMs), { kind: "message", source: addr("127.0.0.1:7951"), message })
  }
  for (let index = 1; index < members; index++) {
    take({ ...gossipFrom(idOf(1)), updates: [{ kind: "alive", record: makeRecord(fieldsOf(index)) }] })
  }
  if (swim.count("alive") !== members) throw new Error(`only ${swim.count("alive")} of ${members} members were learnt`)
  return { take }
}

function gossipFrom(from: NodeId): Message {
  return { kind: "gossip", from, digest: 0, updates: [] }
}

function pingTo(from: NodeId, target: NodeId, updates: readonly Update[]): Message {
  return { kind: "ping", from, target, nonce: 77, digest: 0, updates }
}

function aliveUpdates(seed: number, count: number): Update[] {
  const random = new Random(seed)
  return Array.from({ length: count }, () => ({ kind: "alive", record: makeRecord(fieldsOf(2 + random.below(6))) }))
}

/** An accusation that its subject has not answered yet, each newer than the last. */
function suspicion(id: NodeId, count: number): Update {
  const accuser = { id: idOf(1), path: "direct", rttMs: 1, health: 0 } as const
  return { kind: "suspect", id, generation: generation(1), incarnation: incarnation(count), accusers: [accuser] }
}

function fieldsOf(index: number): RecordFields {
  return {
    id: idOf(index),
    name: `host-${String(index).padStart(4, "0")}.rack-7.example`,
    addr: addr(`10.1.${index >> 8}.${index & 255}:7951`),
    generation: generation(1),
    incarnation: incarnation(0),
    tags: { role: "web", release: "2026-11-24" },
    zone: "eu-central-1a",
    version: "0.1.0",
    protocolMin: 1,
    protocolMax: 1,
    health: 0,
    restartingForMs: 0,
  }
}

function idOf(index: number): NodeId {
  const bytes = new Uint8Array(16)
  new DataView(bytes.buffer).setUint32(12, index + 1)
  return nodeId(base32(bytes))
}
