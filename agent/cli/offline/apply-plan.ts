import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync } from "node:fs"
import {
  type Entry,
  encodeCommand,
  logIndex,
  type Machine,
  type ReplicaId,
  type StoredState,
  term,
} from "@conclave/consensus"
import { logFiles } from "../../node/log-files.ts"
import type { Files } from "../../wal/files.ts"
import { ReplicaLog } from "../../wal/replica-log.ts"
import { SEGMENT_SIZES } from "../../wal/segment-sizes.ts"
import { SnapshotFileReader, SnapshotFileWriter, snapshotName } from "../../wal/snapshot-file.ts"
import { Failure } from "../terminal/failure.ts"
import type { RecoveryPlan } from "./recovery-plan.ts"
import { logDirectory, openStoredLog, replay, type StoredLog } from "./stored-log.ts"

/**
 * `recovered`: this log goes on alone; `set-aside`: it belongs to the lost group, and its host begins anew; `nothing`:
 * all is done.
 */
export type AppliedPlan =
  | { readonly kind: "recovered"; readonly token: number; readonly kept: string }
  | { readonly kind: "set-aside"; readonly kept: string }
  | { readonly kind: "nothing" }

const NEXT_PLAN = "conclave raft recover collect, then plan, with what is there now"

/**
 * Carries out a plan in one data directory that no agent uses. The log that goes on is made whole and durable beside
 * the old one, which is kept; a crash in between is gone on from by the same command.
 */
export function applyPlan(dataDir: string, plan: RecoveryPlan, nowMs: number): AppliedPlan {
  const directory = logDirectory(dataDir)
  const made = `${directory}.recovered`
  if (!existsSync(directory) && openStoredLog(made)?.read.chain.identity.replica === plan.successor) {
    moveInto(dataDir, made, directory)
  }
  const log = openStoredLog(directory)
  if (log === undefined) {
    throw new Failure("NOT_FOUND", `there is no log of a replica in ${dataDir}`, { next: NEXT_PLAN })
  }
  const { cluster, replica } = log.read.chain.identity
  if (cluster !== plan.clusterId) {
    throw new Failure("CONFLICT", `${dataDir} belongs to cluster ${cluster}, the plan to ${plan.clusterId}`, {
      next: "conclave raft recover apply, with a directory of that cluster",
    })
  }
  if (replica === plan.successor) return { kind: "nothing" }
  if (replica !== plan.survivor) {
    const state = replay(log.files, log.read.stored)
    // It has joined what goes on since, which may count on it.
    if (typeof state !== "string" && state.epoch >= plan.epoch) return { kind: "nothing" }
    // It is kept until the replica that takes its place votes.
    logFiles(directory).retire()
    return { kind: "set-aside", kept: `${directory}.ended-*` }
  }
  refuseOther(log, plan)
  const { state, machine } = recovered(log, plan, nowMs)
  rmSync(made, { recursive: true, force: true })
  write(log, { plan, state, made: logFiles(made) })
  const kept = unused(`${directory}.before-recovery`)
  moveInto(dataDir, directory, kept)
  moveInto(dataDir, made, directory)
  return { kind: "recovered", token: machine.lastToken, kept }
}

function refuseOther({ read }: StoredLog, plan: RecoveryPlan): void {
  const last = read.stored.entries.at(-1) ?? read.stored.snapshot
  if (String(last.index) === plan.lastIndex && String(last.term) === plan.lastTerm) return
  throw new Failure("CONFLICT", `the log ends at entry ${last.index} of term ${last.term}, not as the plan says`, {
    why: "An agent has run on it since, or it is another copy.",
    next: NEXT_PLAN,
  })
}

/**
 * Everything in the log counts; then one entry of a later term makes the successor the only voter, and one raises token
 * and recovery epoch before anything can be granted.
 */
function recovered(
  { files, read }: StoredLog,
  { successor }: RecoveryPlan,
  nowMs: number,
): { readonly state: StoredState; readonly machine: Machine } {
  const { snapshot, hardState, entries } = read.stored
  const last = entries.at(-1) ?? snapshot
  const next = term(Math.max(hardState.term, last.term) + 1)
  const common = { term: next, stampMs: 0, featureLevel: last.featureLevel }
  const group = { voters: [successor as ReplicaId], outgoing: [], learners: [], learnersNext: [] }
  const forced: readonly Entry[] = [
    { ...common, index: logIndex(last.index + 1), kind: "group", group, data: new Uint8Array(0) },
    {
      ...common,
      index: logIndex(last.index + 2),
      kind: "command",
      data: encodeCommand({ kind: "recover", wallMs: nowMs, snapshotWallMs: 0 }),
    },
  ]
  const state: StoredState = {
    hardState: { term: next, vote: undefined, commit: logIndex(last.index + 2) },
    snapshot,
    entries: [...entries, ...forced],
  }
  const before = replay(files, read.stored)
  const machine = replay(files, state)
  const problem = typeof before === "string" ? before : typeof machine === "string" ? machine : undefined
  if (typeof before === "string" || typeof machine === "string") {
    throw new Failure("CONFLICT", "the log cannot be recovered from", { why: problem, next: NEXT_PLAN })
  }
  if (machine.epoch !== before.epoch + 1) {
    throw new Failure(
      "CONFLICT",
      `the clock of this host says ${new Date(nowMs).toISOString()}, and the state is newer`,
      {
        why: "With a clock that is behind, fencing tokens could repeat.",
        next: "set the clock, then the same command",
      },
    )
  }
  return { state, machine }
}

function write(
  { files, read }: StoredLog,
  { plan, state, made }: { readonly plan: RecoveryPlan; readonly state: StoredState; readonly made: Files },
): void {
  const { cluster } = read.chain.identity
  const mint = { cluster, replica: plan.successor as ReplicaId, owner: read.chain.last.owner, state }
  made.make()
  if (state.snapshot.index > 0) copySnapshot(files, made, state)
  ReplicaLog.create(made, SEGMENT_SIZES, mint).close()
}

function copySnapshot(from: Files, to: Files, { snapshot }: StoredState): void {
  const name = snapshotName(snapshot)
  const reader = new SnapshotFileReader(from, name)
  const writer = new SnapshotFileWriter(to, name, snapshot)
  try {
    for (let piece = reader.begin() === "end" ? reader.next() : "damaged"; piece !== "end"; piece = reader.next()) {
      if (typeof piece === "string") throw new Failure("CONFLICT", `${name} is damaged`, { next: NEXT_PLAN })
      writer.append(piece)
    }
    writer.end()
  } finally {
    reader.close()
  }
  to.sync()
}

function unused(path: string): string {
  let number = 1
  while (existsSync(`${path}-${number}`)) number++
  return `${path}-${number}`
}

/** Durable on return. */
function moveInto(parent: string, from: string, to: string): void {
  renameSync(from, to)
  const fd = openSync(parent, "r")
  try {
    fsyncSync(fd)
  } finally {
    closeSync(fd)
  }
}
