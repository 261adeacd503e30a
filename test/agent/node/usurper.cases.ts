import { writeFileSync } from "node:fs"
import { join } from "node:path"
import type { Addr } from "@conclave/base"
import type { ClusterId, Entry, LogIndex, MessageBody, ReplicaId, Term } from "@conclave/consensus"
import { encodeMessage } from "@conclave/consensus/wire"
import type { Daemon } from "conclave/node/daemon"
import { decodeFrame, encodeFrame, type Purpose, STREAM_VERSION, type StreamFrame } from "conclave/streams/stream-frame"
import { replicaOf } from "conclave/wal/replica-id"
import { test } from "tap"
import { temporaryDirectory } from "../local-stage.ts"
import { agentIn } from "./daemon-stage.ts"
import { openSealed } from "./sealed-stage.ts"
import { until } from "./until.ts"

const FAR = 1_000_000
const SECRET = "the secret of this cluster"

/** What would end a replica, a reign or a state, of one that is believed. */
function bodies(from: ReplicaId): readonly MessageBody[] {
  const far = { index: FAR as LogIndex, term: FAR as Term }
  const group = { voters: [from], outgoing: [], learners: [], learnersNext: [] }
  const entry: Entry = {
    ...{ index: 1 as LogIndex, term: far.term, kind: "group", stampMs: 0, featureLevel: 1 },
    ...{ data: new Uint8Array(0), group },
  }
  return [
    { kind: "heartbeat", commit: 0 as LogIndex, match: far.index, round: 1 },
    { kind: "append", prev: { index: 0 as LogIndex, term: 0 as Term }, entries: [entry], commit: 1 as LogIndex },
    { kind: "vote", last: far, byTransfer: true, byHint: false },
    { kind: "heartbeatReply", round: 1, featureMax: 1 },
    { kind: "removed", at: far.index },
    { kind: "members", at: far, group },
  ]
}

function raftOf({ host }: Daemon) {
  const running = host.consensus.running
  if (running === undefined) throw new Error("its replica has ended")
  const { id, term, leader, group } = running.raft
  return { id, term, leader, voters: group.voters, isJoint: group.outgoing.length > 0 }
}

test("whoever has the join secret ends no replica, leads nobody and gives no state, whatever replica it says it is", async (t) => {
  const directory = temporaryDirectory(t)
  const path = join(directory, "join.key")
  writeFileSync(path, SECRET, { mode: 0o600 })
  const key = ["--join-key-file", path]
  const made = ["a", "b", "c"].map((name) => agentIn(directory, name))
  const [a, b, c] = made
  const first = (await a?.start("--bootstrap", ...key)) as Daemon
  const at = ["--join", first.ready["addr"] as string, ...key]
  const daemons = [first, (await b?.start(...at)) as Daemon, (await c?.start(...at)) as Daemon]
  const isWhole = (daemon: Daemon): boolean => {
    const { leader, voters, isJoint } = raftOf(daemon)
    return voters.length === 3 && !isJoint && leader !== undefined && voters.includes(leader)
  }
  await until(
    "all vote",
    () => daemons.every(({ host }) => host.consensus.running !== undefined) && daemons.every(isWhole),
  )
  const before = daemons.map(raftOf)
  const insider = await openSealed({ secret: SECRET, cluster: "default" })
  const cluster = first.host.consensus.clusterId as ClusterId
  const say = async (daemon: Daemon, purpose: Purpose, from: ReplicaId): Promise<string> => {
    const { id: to } = raftOf(daemon)
    const heard: StreamFrame[] = []
    const channel = insider.links.dial(daemon.ready["addr"] as Addr, (event) => {
      const frame = event.kind === "frame" ? decodeFrame(event.body) : undefined
      if (frame !== undefined) heard.push(frame)
    })
    channel.send(encodeFrame({ kind: "hello", version: STREAM_VERSION, purpose, cluster, from, to }))
    for (const body of bodies(from)) {
      if (from !== to) channel.send(encodeMessage({ ...body, from, to, term: FAR as Term }, cluster))
    }
    channel.send(encodeFrame({ kind: "ping", number: 1 }))
    await until("there is an answer", () => heard.length > 0)
    channel.close()
    const [answer] = heard
    return answer?.kind === "refusal" ? answer.reason : String(answer?.kind)
  }
  const own = replicaOf(insider.id, "x")
  const others = [...before.map(({ id }) => id), "aaaaaaaaaaaaaaaaaaaaaaaaaa" as ReplicaId]
  for (const daemon of daemons) {
    t.equal(await say(daemon, "replica", own), "pong", "it is heard, and not believed")
    t.match(await say(daemon, "snapshot", own), /is not of the group that is known here/)
    for (const from of others)
      t.match(await say(daemon, "replica", from), /it speaks for replica .* of .*, and has the key/)
  }
  const identity = ({ id, voters }: ReturnType<typeof raftOf>) => [id, voters]
  t.same(daemons.map(raftOf).map(identity), before.map(identity))
  await until("somebody of the group leads", () => daemons.every(isWhole))
  for (const daemon of daemons) t.ok(raftOf(daemon).term < FAR)
  for (const { messages } of made) t.equal(messages.filter((each) => /counts for nothing/.test(each)).length, 1)
  await insider.links.close()
  for (const daemon of daemons) await daemon.close("restart")
})
