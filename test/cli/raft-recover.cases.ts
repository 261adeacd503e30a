import { cpSync, existsSync, mkdtempSync, readdirSync, renameSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { type NodeId, nodeId } from "@conclave/base"
import {
  type ClusterId,
  EMPTY_SNAPSHOT,
  type Entry,
  encodeCommand,
  logIndex,
  type ReplicaId,
  term,
} from "@conclave/consensus"
import { applyPlan } from "conclave/cli/offline/apply-plan"
import { type Collected, collect } from "conclave/cli/offline/collected"
import { encodePlan, planRecovery, readPlan } from "conclave/cli/offline/recovery-plan"
import { logDirectory, openStoredLog, replay } from "conclave/cli/offline/stored-log"
import { logFiles } from "conclave/node/log-files"
import { hostOf } from "conclave/wal/replica-id"
import { ReplicaLog } from "conclave/wal/replica-log"
import { SEGMENT_SIZES } from "conclave/wal/segment-sizes"
import { type Test, test } from "tap"

const CLUSTER = "cluster-1" as ClusterId
const OWNER: NodeId = nodeId("a".repeat(26))
const GROUP = { voters: ["a", "b", "c"] as ReplicaId[], outgoing: [], learners: [], learnersNext: [] }
const FOUNDED_MS = 1_700_000_000_000
const NOW_MS = FOUNDED_MS + 60_000

function folderFor(t: Test): string {
  const folder = mkdtempSync(join(tmpdir(), "conclave-test-"))
  t.teardown(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** A data directory with the log of a replica: the group, the founding, and ticks of one term up to `last`. */
function stored(
  dataDir: string,
  {
    replica = "a",
    last = 4,
    lastTerm = 2,
    cluster = CLUSTER,
  }: { replica?: string; last?: number; lastTerm?: number; cluster?: ClusterId } = {},
): string {
  const common = { stampMs: 0, featureLevel: 1 }
  const found = encodeCommand({ kind: "found", clusterId: cluster, wallMs: FOUNDED_MS })
  const entries: Entry[] = [
    { ...common, index: logIndex(1), term: term(1), kind: "group", group: GROUP, data: new Uint8Array(0) },
    { ...common, index: logIndex(2), term: term(1), kind: "command", data: found },
  ]
  for (let index = 3; index <= last; index++) {
    const data = encodeCommand({ kind: "tick" })
    entries.push({ ...common, index: logIndex(index), term: term(lastTerm), kind: "command", data })
  }
  const hardState = { term: term(lastTerm + 1), vote: replica as ReplicaId, commit: logIndex(2) }
  const state = { hardState, snapshot: EMPTY_SNAPSHOT, entries }
  const mint = { cluster, replica: replica as ReplicaId, owner: OWNER, state }
  ReplicaLog.create(logFiles(logDirectory(dataDir)), SEGMENT_SIZES, mint).close()
  return dataDir
}

function refusal(act: () => unknown): string {
  try {
    act()
  } catch (cause) {
    return (cause as Error).message
  }
  return ""
}

const BASE: Collected = {
  ...{ host: "h", directory: "/d", clusterId: CLUSTER, replica: "a", term: "2", lastTerm: "2", lastIndex: "10" },
  ...{ commitIndex: "10", voters: ["a", "b", "c"], outgoing: [], learners: [], epoch: 0, token: "0", sessions: 0 },
  ...{ opens: true, isSound: true, problems: [], owner: OWNER },
}

test("collect says what a log holds, and what is wrong with it", (t) => {
  const folder = folderFor(t)
  const sound = collect(stored(join(folder, "n1")))
  t.match(sound, {
    clusterId: CLUSTER,
    replica: "a",
    owner: OWNER,
    lastTerm: "2",
    lastIndex: "4",
    commitIndex: "2",
    voters: ["a", "b", "c"],
  })
  t.match(sound, { opens: true, isSound: true, problems: [], token: String(FOUNDED_MS * 1024) })
  cpSync(join(folder, "n1"), join(folder, "n2"), { recursive: true })
  t.match(collect(join(folder, "n2")), { opens: false, isSound: true, problems: [/moved or restored/] })
  t.match(collect(join(folder, "n3")), {
    clusterId: null,
    isSound: false,
    problems: ["there is no log of a replica here"],
  })
  t.end()
})

test("the best log goes on: the later life, then the later term, then the longer one", (t) => {
  const survivorOf = (...others: readonly Partial<Collected>[]): string =>
    planRecovery(
      [
        { ...BASE, voters: ["a", "b", "c", "d", "e"] },
        ...others.map((each) => ({ ...BASE, voters: ["a", "b", "c", "d", "e"], ...each })),
      ],
      NOW_MS,
    ).plan.survivor
  t.equal(survivorOf({ replica: "b", lastIndex: "11" }), "b")
  t.equal(survivorOf({ replica: "b", lastIndex: "11", lastTerm: "1" }), "a")
  t.equal(survivorOf({ replica: "b", lastIndex: "2", epoch: 1 }), "b")
  t.equal(survivorOf({ replica: "b", lastIndex: "11", isSound: false, opens: false }), "a")
  t.equal(survivorOf({ replica: "b" }), "a", "of equals always the same one")
  t.end()
})

test("nothing is planned where a quorum is left, where it is not clear what goes on, or where nothing can", (t) => {
  const plan = (...all: readonly Partial<Collected>[]) =>
    refusal(() =>
      planRecovery(
        all.map((each) => ({ ...BASE, ...each })),
        NOW_MS,
      ),
    )
  t.match(plan({}, { replica: "b", lastIndex: "7" }), /a quorum of the voters is here/)
  t.equal(plan({}, { replica: "b", opens: false }), "", "one that moved does not open")
  t.equal(plan({}, { replica: "x" }), "", "no voter")
  t.equal(plan({ outgoing: ["d", "e", "f"] }, { replica: "b" }), "", "one half of a change is no quorum")
  t.match(plan({}, { replica: "b", clusterId: "cluster-2" }), /2 clusters/)
  t.match(plan({}, {}), /two of these directories hold replica a/)
  t.match(plan({ isSound: false, opens: false }), /none of these/)
  t.match(plan({ clusterId: null }), /none of these/)
  t.end()
})

test("a plan says who is missing, what counts though nobody knows, and where tokens go on", (t) => {
  const high = String(2n ** 52n)
  const { mayBeLost, tokenFloor, plan } = planRecovery(
    [{ ...BASE, commitIndex: "8", sessions: 3, token: high }],
    NOW_MS,
  )
  t.match(mayBeLost, [
    /after entry 10 \(term 2\) by b, c alone/,
    /^whether the last 2 entries .* counts from now on/,
    /3 sessions/,
  ])
  t.equal(tokenFloor, 2n ** 52n + 2n ** 20n)
  t.equal(planRecovery([BASE], NOW_MS).tokenFloor, BigInt(NOW_MS) * 1024n)
  t.same(readPlan(encodePlan(plan), "p"), plan)
  t.match(
    refusal(() => readPlan(encodePlan(plan).replace('"10"', '"11"'), "p")),
    /was changed/,
  )
  t.match(
    refusal(() => readPlan("{", "p")),
    /no plan/,
  )
  t.end()
})

test("apply keeps every entry, makes the successor the only voter at a later term, and raises token and epoch", (t) => {
  const dataDir = stored(join(folderFor(t), "n1"))
  const { plan } = planRecovery([collect(dataDir)], NOW_MS)
  const applied = applyPlan(dataDir, plan, NOW_MS)
  t.equal(applied.kind, "recovered")
  const log = openStoredLog(logDirectory(dataDir))
  if (log === undefined) throw new Error("there is a log")
  t.notOk(log.hasMoved)
  const { stored: state, chain } = log.read
  t.match(chain.identity, { cluster: CLUSTER, replica: plan.successor })
  t.equal(hostOf(plan.successor), OWNER, "whose log it is speaks for what it goes on as")
  t.equal(chain.last.owner, OWNER)
  t.match(state.hardState, { term: 4, vote: undefined, commit: 6 })
  t.equal(state.entries.length, 6)
  t.match(state.entries[4], { term: 4, kind: "group", group: { voters: [plan.successor], outgoing: [], learners: [] } })
  const machine = replay(log.files, state)
  if (typeof machine === "string") throw new Error(machine)
  t.equal(machine.epoch, 1)
  t.equal(machine.lastToken, NOW_MS * 1024)
  t.same(applyPlan(dataDir, plan, NOW_MS), { kind: "nothing" })
  t.ok(readdirSync(dataDir).includes("raft.before-recovery-1"), "the old log is kept")
  t.end()
})

test("a replica that joined what goes on is not put aside by the plan that began it", (t) => {
  const folder = folderFor(t)
  const dataDir = stored(join(folder, "n1"))
  const { plan } = planRecovery([collect(dataDir)], NOW_MS)
  const lost = stored(join(folder, "n2"), { replica: "b" })
  t.equal(applyPlan(dataDir, plan, NOW_MS).kind, "recovered")
  t.equal(applyPlan(lost, plan, NOW_MS).kind, "set-aside")
  const state = openStoredLog(logDirectory(dataDir))?.read.stored
  if (state === undefined) throw new Error("there is a log")
  const mint = { cluster: CLUSTER, replica: "z" as ReplicaId, owner: OWNER, state }
  ReplicaLog.create(logFiles(logDirectory(lost)), SEGMENT_SIZES, mint).close()
  t.same(applyPlan(lost, plan, NOW_MS), { kind: "nothing" })
  t.equal(openStoredLog(logDirectory(lost))?.read.chain.identity.replica, "z")
  t.end()
})

test("apply refuses a log that is not as planned, another cluster's, and a clock that is behind the state", (t) => {
  const folder = folderFor(t)
  const dataDir = stored(join(folder, "n1"))
  const { plan } = planRecovery([collect(dataDir)], NOW_MS)
  t.match(
    refusal(() => applyPlan(stored(join(folder, "n2"), { last: 5 }), plan, NOW_MS)),
    /ends at entry 5/,
  )
  t.match(
    refusal(() => applyPlan(stored(join(folder, "n3"), { cluster: "other" as ClusterId }), plan, NOW_MS)),
    /belongs to cluster other/,
  )
  t.match(
    refusal(() => applyPlan(dataDir, plan, FOUNDED_MS - 1)),
    /the clock/,
  )
  t.match(
    refusal(() => applyPlan(join(folder, "n4"), plan, NOW_MS)),
    /no log/,
  )
  t.same(readdirSync(dataDir), ["raft"], "nothing was touched")
  t.end()
})

test("apply goes on from a crash at any place, and recovers a directory that moved", (t) => {
  const folder = folderFor(t)
  stored(join(folder, "first"))
  const dataDir = join(folder, "moved")
  cpSync(join(folder, "first"), dataDir, { recursive: true })
  const { plan } = planRecovery([collect(dataDir)], NOW_MS)
  // Half of a new log, as a crash leaves it.
  cpSync(logDirectory(dataDir), `${logDirectory(dataDir)}.recovered`, { recursive: true })
  t.equal(applyPlan(dataDir, plan, NOW_MS).kind, "recovered")
  // The old log is out of the way, the new one not yet in its place.
  renameSync(logDirectory(dataDir), `${logDirectory(dataDir)}.recovered`)
  t.same(applyPlan(dataDir, plan, NOW_MS), { kind: "nothing" })
  t.match(collect(dataDir), { opens: true, replica: plan.successor, epoch: 1, voters: [plan.successor] })
  t.notOk(existsSync(`${logDirectory(dataDir)}.recovered`))
  t.end()
})

test("apply puts the log of another replica of the lost group aside", (t) => {
  const folder = folderFor(t)
  const { plan } = planRecovery([collect(stored(join(folder, "n1")))], NOW_MS)
  const other = stored(join(folder, "n2"), { replica: "b" })
  t.equal(applyPlan(other, plan, NOW_MS).kind, "set-aside")
  t.same(readdirSync(other), ["raft.ended-1"])
  t.end()
})
