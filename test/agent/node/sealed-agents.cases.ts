import { chmodSync, writeFileSync } from "node:fs"
import { connect } from "node:net"
import { join } from "node:path"
import type { Addr, Millis } from "@conclave/base"
import { type Daemon, StartError } from "conclave/node/daemon"
import { decodeFrame, encodeFrame, type Purpose, STREAM_VERSION, type StreamFrame } from "conclave/streams/stream-frame"
import { type Test, test } from "tap"
import { keyFileIn } from "../../key-files.ts"
import { temporaryDirectory } from "../local-stage.ts"
import { agentIn, type Made, written } from "./daemon-stage.ts"
import { request, watch } from "./link-stage.ts"
import { openSealed } from "./sealed-stage.ts"
import { until } from "./until.ts"

/** A proposal outlasts an election. */
const LIMIT_MS = 30_000

function keyFile(t: Test, text = "the secret of this cluster\n", mode = 0o600): string {
  const path = join(temporaryDirectory(t), "join.key")
  writeFileSync(path, text, { mode })
  chmodSync(path, mode)
  return path
}

async function allVote(daemons: readonly Daemon[]): Promise<void> {
  const isVoter = ({ host }: Daemon): boolean =>
    host.members().filter(({ record, state }) => state === "alive" && record.seat?.role === "voter").length ===
    daemons.length
  await until("all vote", () => daemons.every(isVoter))
}

/** By datagrams: a busy machine may take its time, an agent that does not open them never answers. */
async function hearsAll({ host }: Daemon, all: readonly Daemon[]): Promise<boolean> {
  const ping = (id: Daemon["host"]["id"]): Promise<number | undefined> =>
    new Promise((done) => host.ping(id, "udp", done))
  for (const other of all) {
    const endsAt = performance.now() + LIMIT_MS
    while (other.host !== host && (await ping(other.host.id)) === undefined) {
      if (performance.now() > endsAt) return false
    }
  }
  return true
}

function encryptionOf({ host }: Daemon): readonly string[] {
  return host
    .warnings()
    .filter(({ code }) => code === "not-encrypted")
    .map(({ message }) => message)
}

/** What comes back for these bytes until the other side closes. */
function answerTo(addr: unknown, bytes: Uint8Array): Promise<number> {
  return new Promise((resolve) => {
    let got = 0
    const port = Number(String(addr).split(":").at(-1))
    const socket = connect({ host: "127.0.0.1", port }, () => socket.write(bytes))
    socket.on("data", ({ length }) => {
      got += length
    })
    socket.on("error", () => {})
    socket.on("close", () => resolve(got))
  })
}

test("agents with one join secret find each other, vote and agree, also after the leader's process is gone", async (t) => {
  const directory = temporaryDirectory(t)
  const key = ["--join-key-file", keyFile(t)]
  const first = await agentIn(directory, "a").start("--bootstrap", ...key)
  const at = ["--join", first.ready["addr"] as string, ...key]
  const rest = [await agentIn(directory, "b").start(...at), await agentIn(directory, "c").start(...at)]
  const all = [first, ...rest]
  await allVote(all)
  for (const daemon of all) t.match(await written(daemon), { kind: "applied", result: { kind: "written" } })
  for (const daemon of all) t.same(encryptionOf(daemon), [])
  t.equal(await answerTo(first.ready["addr"], Uint8Array.of(0xc7, 0x4e, 0x43, 0x4c, 1, 1)), 0, "in the clear: nothing")
  const leader = all.find(({ host }) => host.consensus.running?.isLeader === true) as Daemon
  const others = all.filter((daemon) => daemon !== leader)
  await leader.close("fatal")
  await until("another leads", () => others.some(({ host }) => host.consensus.running?.isLeader === true))
  for (const daemon of others) t.match(await written(daemon), { kind: "applied" })
  for (const daemon of others) await daemon.close("restart")
})

test("an agent with another secret, or none, gets in nowhere, and both operators read why", async (t) => {
  const directory = temporaryDirectory(t)
  const [inside, wrong, open]: [Made, Made, Made] = [
    agentIn(directory, "inside"),
    agentIn(directory, "wrong"),
    agentIn(directory, "open"),
  ]
  const a = await inside.start("--bootstrap", "--join-key-file", keyFile(t))
  const join = ["--join", a.ready["addr"] as string]
  const b = await wrong.start(...join, "--join-key-file", keyFile(t, "the secret of another cluster\n"))
  const c = await open.start(...join, "--insecure")
  const said = (made: Made, words: RegExp): boolean => made.messages.some((message) => words.test(message))
  await until("the wrong one hears why", () =>
    said(wrong, /cannot join .*does not let this agent in: compare the joinKeyFile/),
  )
  await until("the open one hears why", () =>
    said(open, /cannot join .*where it has keys and this agent is insecure, give this one the same/),
  )
  await until("the right one says so", () => said(inside, /was refused: it does not have the join secret/))
  t.ok(said(inside, /was refused: it speaks without TLS/))
  t.same(
    [a, b, c].map(({ host }) => host.counts().alive),
    [1, 1, 1],
  )
  t.match(
    b.host.readiness().find(({ name }) => name === "join"),
    { ok: false, message: /has answered yet \(127\.0\.0\.1:\d+: it does not let this agent in: compare/ },
  )
  for (const daemon of [a, b, c]) await daemon.close("restart")
})

test("an agent of another cluster gets nothing although it has the secret, and both operators read why", async (t) => {
  const directory = temporaryDirectory(t)
  const key = ["--join-key-file", keyFile(t)]
  const [inside, foreign]: [Made, Made] = [agentIn(directory, "inside"), agentIn(directory, "foreign")]
  const a = await inside.start("--bootstrap", ...key)
  const other = await openSealed({ secret: "the secret of this cluster", cluster: "other" })
  const link = watch(other, a.ready["addr"] as Addr, a.host.id)
  const b = await foreign.start("--cluster", "other", "--join", a.ready["addr"] as string, ...key)
  const said = ({ messages }: Made, words: RegExp): boolean => messages.some((message) => words.test(message))
  await until("it hears why", () => said(foreign, /does not let this agent in: compare .* the cluster name/))
  await until("it is said there", () => said(inside, /was refused: it does not have the join secret; .* cluster name/))
  await until("its link ends", () => link.events.length > 0)
  t.same(link.events, ["failed"])
  for (const { host } of [a, b]) t.equal(host.counts().alive, 1)
  await other.links.close()
  for (const daemon of [a, b]) await daemon.close("restart")
})

test("who is let in speaks for itself alone: not as another member, and not as a replica of another", async (t) => {
  const directory = temporaryDirectory(t)
  const secret = "the secret of this cluster"
  const key = ["--join-key-file", keyFile(t, secret)]
  const a = await agentIn(directory, "a").start("--bootstrap", ...key)
  const b = await agentIn(directory, "b").start("--join", a.ready["addr"] as string, ...key)
  const seatOf = (daemon: Daemon) => a.host.memberById(daemon.host.id)?.record.seat
  await until("b has its seat", () => seatOf(b)?.role !== undefined && seatOf(b)?.role !== "none")
  const insider = await openSealed({ secret, cluster: "default" })
  const cluster = seatOf(a)?.cluster as string
  const refusalOf = async (purpose: Purpose, from: string, to = ""): Promise<string> => {
    const frames: StreamFrame[] = []
    const channel = insider.links.dial(a.ready["addr"] as Addr, (event) => {
      const frame = event.kind === "frame" ? decodeFrame(event.body) : undefined
      if (frame !== undefined) frames.push(frame)
    })
    channel.send(encodeFrame({ kind: "hello", version: STREAM_VERSION, purpose, cluster, from, to }))
    channel.send(encodeFrame({ kind: "ping", number: 1 }))
    await until("there is an answer", () => frames.length > 0)
    channel.close()
    const [first] = frames
    return first?.kind === "refusal" ? first.reason : String(first?.kind)
  }
  t.equal(await refusalOf("calls", insider.id), "pong")
  t.match(await refusalOf("calls", b.host.id), `it calls itself ${b.host.id}, and has the key of member ${insider.id}`)
  const replicaAt = ({ host }: Daemon) => host.consensus.running?.raft.id as string
  t.match(
    await refusalOf("replica", replicaAt(b), replicaAt(a)),
    `it speaks for replica ${replicaAt(b)} of ${b.host.id}, and has the key of member ${insider.id}`,
  )
  await insider.links.close()
  for (const daemon of [a, b]) await daemon.close("restart")
})

test("whom an operator removes stays out, with whatever generation it comes, and its open streams end", async (t) => {
  const directory = temporaryDirectory(t)
  const [secret, key] = ["the secret of this cluster", ["--join-key-file", keyFile(t)]]
  const a = await agentIn(directory, "a").start("--bootstrap", ...key)
  const at = ["--join", a.ready["addr"] as string, ...key]
  const plain = await agentIn(directory, "plain").start(...at, "--voter", "never")
  const made = agentIn(directory, "gone")
  const gone = await made.start(...at, "--voter", "never")
  const own = [a, plain]
  const stateOf = (daemon: Daemon): string | undefined => daemon.host.memberById(gone.host.id)?.state
  await until("all know it", () => own.every((daemon) => stateOf(daemon) === "alive"))
  // Another that nobody has heard of yet: it has the secret and open streams.
  const insider = await openSealed({ secret, cluster: "default" })
  const links = own.map(({ ready, host }) => watch(insider, ready["addr"] as Addr, host.id))
  await until("they are up", () => links.every(({ events }) => events.length === 1))
  await gone.close("fatal")
  await until("it is dead", () => stateOf(a) === "dead")
  const refused = await new Promise<unknown>((done) => {
    const member = a.host.memberById(gone.host.id) as NonNullable<ReturnType<typeof a.host.memberById>>
    a.host.expel(member, { prune: false, force: false, timeoutMs: LIMIT_MS }, done)
  })
  t.equal(refused, undefined)
  await until("it has left, also for the plain host", () => own.every((daemon) => stateOf(daemon) === "left"))
  const again = await made.start("--join", plain.ready["addr"] as string, ...key, "--voter", "never")
  await until("its operator reads why it is not let in", () =>
    made.messages.some((message) => /cannot join .*an operator has removed this host from the cluster/.test(message)),
  )
  const hint = /empty data directory/
  t.match(again.host.warnings(), [{ code: "removed", message: /^an operator has removed this host/, hint }])
  t.ok((again.host.memberById(gone.host.id)?.record.generation ?? 0) > 1)
  t.same(own.map(stateOf), ["left", "left"])
  t.equal(again.host.counts().alive, 1)
  await again.close("restart")
  await remove(a, insider.id)
  await until("what was open ends, also at the plain host", () => links.every(({ events }) => events.length === 2))
  for (const { ready, host } of own) {
    const to = ready["addr"] as Addr
    t.same(await request(insider, to, Uint8Array.of(1)), { ok: false, why: "removed" })
    const [link, over] = [watch(insider, to, host.id), [] as string[]]
    insider.links.dial(to, (event) => over.push(event.kind))
    await until("both are refused", () => link.events.length > 0 && over.length > 0)
    t.same([...link.events, ...over], ["failed", "over"])
  }
  await insider.links.close()
  for (const daemon of own) await daemon.close("restart")
})

function remove({ host }: Daemon, id: Daemon["host"]["id"]): Promise<unknown> {
  const deadline = (performance.now() + LIMIT_MS) as Millis
  return new Promise((done) => host.consensus.state.propose({ kind: "removeHost", host: id }, deadline, done))
}

test("a cluster that is open becomes one that is sealed, host by host, and agrees all the while", async (t) => {
  const directory = temporaryDirectory(t)
  const keys = ["--join-key-file", keyFile(t), "--gossip-key-file", keyFileIn(directory, "gossip.key")]
  const daemons: Daemon[] = []
  for (const name of ["a", "b", "c"]) {
    const first = daemons[0]?.ready["addr"] as string | undefined
    const how = first === undefined ? ["--bootstrap"] : ["--join", first]
    daemons.push(await agentIn(directory, name).start(...how, "--insecure"))
  }
  await allVote(daemons)
  for (const [index, { ready, close }] of [...daemons].entries()) {
    await close("restart")
    const made = agentIn(directory, ready["name"] as string, { CONCLAVE_GOSSIP_SEAL: "accept" })
    const daemon = await made.start("--bind", ready["addr"] as string, ...keys)
    daemons[index] = daemon
    await allVote(daemons)
    t.match(await written(daemon), { kind: "applied" })
  }
  for (const mode of ["send", "require"] as const) {
    for (const daemon of daemons) {
      await daemon.seals.reload(mode)
      for (const each of daemons) {
        t.match(await written(each), { kind: "applied" }, `while ${mode}`)
        t.ok(await hearsAll(each, daemons), `each hears each by gossip while ${mode}`)
      }
    }
  }
  for (const daemon of daemons) t.same(encryptionOf(daemon), [])
  for (const { host } of daemons) t.equal(host.refusedDatagrams["unsealed"], 0, "no datagram was lost to a step")
  for (const daemon of daemons) await daemon.close("restart")
})

test("an agent whose join secret others can read does not start, and says what to do", async (t) => {
  const path = keyFile(t, "long enough to be one\n", 0o644)
  const refused = agentIn(temporaryDirectory(t), "a").start("--join-key-file", path)
  const message = /^joinKeyFile: .* is open to others \(mode 0644\); chmod 600/
  await t.rejects(refused, { name: StartError.name, message })
})
