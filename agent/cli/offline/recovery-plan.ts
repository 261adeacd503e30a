import { createHash, randomBytes } from "node:crypto"
import { base32, type NodeId } from "@conclave/base"
import { type Group, hasQuorum, isClusterId, isReplicaId, type ReplicaId, replicas } from "@conclave/consensus"
import { replicaOf } from "../../wal/replica-id.ts"
import { Failure } from "../terminal/failure.ts"
import type { Collected } from "./collected.ts"

/** Who goes on alone, from where, and as whom. */
export interface RecoveryPlan {
  readonly clusterId: string
  /** The replica whose log is the best that is left. */
  readonly survivor: string
  readonly host: string
  readonly directory: string
  readonly lastTerm: string
  readonly lastIndex: string
  readonly epoch: number
  /** The id under which its log goes on: replicas of the lost group that come back find nobody whom they know. */
  readonly successor: string
}

export interface Planned {
  readonly plan: RecoveryPlan
  /** For people, one sentence each. */
  readonly mayBeLost: readonly string[]
  /** Every token given from now on is at least this. */
  readonly tokenFloor: bigint
}

const NEXT_COLLECT = "conclave raft recover collect --data-dir D --json, on each host whose data directory is left"
const STRIDE = 2n ** 20n
const A_MILLISECOND = 2n ** 10n

/** Chooses what goes on; refuses where nothing need be recovered, or where it is not clear what. */
export function planRecovery(all: readonly Collected[], nowMs: number): Planned {
  const collected = all.filter(({ clusterId }) => clusterId !== null)
  const clusters = [...new Set(collected.map(({ clusterId }) => clusterId))]
  if (clusters.length > 1) {
    throw new Failure("CONFLICT", `these directories belong to ${clusters.length} clusters: ${clusters.join(", ")}`, {
      why: "Two clusters are never made one.",
      next: "the same command with the files of one cluster alone",
    })
  }
  refuseTwins(collected)
  const best = collected.filter(({ isSound }) => isSound).sort(byMerit)[0]
  if (best === undefined) {
    throw new Failure("CONFLICT", "none of these directories holds a log that can be read to its end", {
      why: all.flatMap(({ directory, problems }) => problems.map((each) => `${directory}: ${each}`)).join("; "),
      next: "conclave snapshot restore FILE, with the last snapshot that was saved",
    })
  }
  refuseQuorum(best, collected)
  const { clusterId, replica, host, directory, lastTerm, lastIndex, epoch } = best
  const successor = replicaOf(best.owner as NodeId, base32(new Uint8Array(randomBytes(16))))
  const facts = { clusterId: clusterId as string, survivor: replica as string, host, directory }
  return {
    plan: { ...facts, lastTerm, lastIndex, epoch: epoch + 1, successor },
    mayBeLost: mayBeLost(best, collected),
    tokenFloor: tokenFloor(collected, nowMs),
  }
}

/** The later life of the cluster, then Raft §5.4.1; of equals any will do, and always the same one. */
function byMerit(a: Collected, b: Collected): number {
  return (
    b.epoch - a.epoch ||
    Number(b.lastTerm) - Number(a.lastTerm) ||
    Number(b.lastIndex) - Number(a.lastIndex) ||
    ((a.replica as string) < (b.replica as string) ? -1 : 1)
  )
}

function refuseTwins(collected: readonly Collected[]): void {
  const twin = collected.find(({ replica }, at) => collected.findIndex((each) => each.replica === replica) < at)
  if (twin === undefined) return
  throw new Failure("CONFLICT", `two of these directories hold replica ${twin.replica}`, {
    why: "One is a copy of the other, and only one of them may count.",
    next: "the same command without the older copy",
  })
}

/** A normal start is then all that is needed, and loses nothing. */
function refuseQuorum(best: Collected, collected: readonly Collected[]): void {
  const group = groupOf(best)
  const present = collected.filter(({ opens, epoch }) => opens && epoch === best.epoch)
  if (!hasQuorum(group, (id) => present.some(({ replica }) => replica === id))) return
  const hosts = present.map(({ host, directory }) => `${host}:${directory}`).join(", ")
  throw new Failure("CONFLICT", `nothing is lost for good: a quorum of the voters is here (${hosts})`, {
    why: "They go on by themselves, and with everything that was acknowledged.",
    next: "start the agents of these directories",
  })
}

function groupOf({ voters, outgoing, learners }: Collected): Group {
  const ids = (list: readonly string[]): readonly ReplicaId[] => list.filter(isReplicaId)
  return { voters: ids(voters), outgoing: ids(outgoing), learners: ids(learners), learnersNext: [] }
}

function mayBeLost(best: Collected, collected: readonly Collected[]): readonly string[] {
  const group = groupOf(best)
  const missing = [...replicas(group)].filter((id) => !collected.some(({ replica }) => replica === id))
  const damaged = collected.filter(({ isSound }) => !isSound).map(({ replica }) => replica ?? "")
  const gone = [...missing, ...damaged]
  const lines: string[] = []
  if (gone.length > 0) {
    const who = gone.join(", ")
    lines.push(`what was acknowledged after entry ${best.lastIndex} (term ${best.lastTerm}) by ${who} alone`)
  }
  const unsure = Number(best.lastIndex) - Number(best.commitIndex)
  if (unsure > 0) {
    const which = unsure === 1 ? "the last entry" : `the last ${unsure} entries`
    lines.push(`whether ${which} of this log had been agreed on: what they say counts from now on`)
  }
  if (best.sessions > 0) {
    lines.push(
      `grants made or released after that entry: the ${best.sessions} sessions of this log get one more time to live`,
    )
  }
  return lines
}

/** As the state machine raises it, which does so anew when the plan is applied. */
function tokenFloor(collected: readonly Collected[], nowMs: number): bigint {
  const highest = collected.reduce((most, { token }) => (BigInt(token) > most ? BigInt(token) : most), 0n)
  const byClock = BigInt(nowMs) * A_MILLISECOND
  return highest + STRIDE > byClock ? highest + STRIDE : byClock
}

/** With a sum, since people keep such files and edit them. */
export function encodePlan(plan: RecoveryPlan): string {
  return `${JSON.stringify({ ...plan, sha256: sumOf(plan) }, undefined, 2)}\n`
}

export function readPlan(text: string, path: string): RecoveryPlan {
  const refuse = (why: string): never => {
    throw new Failure("INVALID_ARGUMENT", `${path} is no plan of a recovery: ${why}`, { next: NEXT_COLLECT })
  }
  let value: Partial<RecoveryPlan & { sha256: unknown }>
  try {
    value = JSON.parse(text)
  } catch (cause) {
    return refuse((cause as Error).message)
  }
  const { sha256, ...plan } = value
  if (sha256 !== sumOf(plan)) return refuse("it was changed, or is something else")
  const { clusterId = "", survivor = "", successor = "" } = plan
  if (!isClusterId(clusterId) || !isReplicaId(survivor) || !isReplicaId(successor)) return refuse("an id is none")
  return plan as RecoveryPlan
}

function sumOf(plan: Partial<RecoveryPlan>): string {
  return createHash("sha256").update(JSON.stringify(plan)).digest("hex")
}
