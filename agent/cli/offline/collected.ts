import { existsSync, readdirSync } from "node:fs"
import { hostname } from "node:os"
import type { Group, Machine } from "@conclave/consensus"
import { Refusal } from "../../wal/refusal.ts"
import { logDirectory, openStoredLog, replay, type StoredLog } from "./stored-log.ts"

const SET_ASIDE = /^raft\.(ended|before-recovery)-/

/** What one data directory holds, as `raft recover collect` says it; numbers of 64 bits are decimal strings. */
export interface Collected {
  readonly host: string
  readonly directory: string
  readonly clusterId: string | null
  readonly replica: string | null
  /** The agent whose log it is. */
  readonly owner: string | null
  readonly term: string
  readonly lastTerm: string
  readonly lastIndex: string
  readonly commitIndex: string
  /** Of the last group in the log; both halves of one that was being changed. */
  readonly voters: readonly string[]
  readonly outgoing: readonly string[]
  readonly learners: readonly string[]
  /** How often this state was recovered or restored; of two lives of one cluster the later one counts. */
  readonly epoch: number
  /** The highest fencing token that the log knows of. */
  readonly token: string
  readonly sessions: number
  /** An agent would go on with this log as it is. */
  readonly opens: boolean
  /** It can be recovered from. */
  readonly isSound: boolean
  /** For people: what is wrong with it. */
  readonly problems: readonly string[]
}

/** Looks at a data directory that no agent uses. */
export function collect(directory: string): Collected {
  const nothing = { host: hostname(), directory, ...NOTHING }
  try {
    const log = openStoredLog(logDirectory(directory))
    if (log === undefined) return { ...nothing, problems: [withoutLog(directory)] }
    return { ...nothing, ...describe(log) }
  } catch (cause) {
    const { cluster = null, replica = null } = cause instanceof Refusal ? (cause.identity ?? {}) : {}
    return { ...nothing, clusterId: cluster, replica, problems: [(cause as Error).message] }
  }
}

/** What was put aside may be the last that is left of the cluster. */
function withoutLog(directory: string): string {
  const aside = existsSync(directory) ? readdirSync(directory).filter((name) => SET_ASIDE.test(name)) : []
  const where = aside.sort().join(", ")
  const hint = aside.length === 0 ? "" : `; put aside: ${where} (renamed to raft it can be recovered from)`
  return `there is no log of a replica here${hint}`
}

const NOTHING = {
  clusterId: null,
  replica: null,
  owner: null,
  term: "0",
  lastTerm: "0",
  lastIndex: "0",
  commitIndex: "0",
  voters: [],
  outgoing: [],
  learners: [],
  epoch: 0,
  token: "0",
  sessions: 0,
  opens: false,
  isSound: false,
}

function describe({ files, read, hasMoved }: StoredLog): Partial<Collected> & Pick<Collected, "problems"> {
  const { chain, stored, remarks } = read
  const { hardState, snapshot, entries } = stored
  const last = entries.at(-1) ?? snapshot
  const machine = replay(files, stored)
  const { voters, outgoing, learners } = lastGroup(read.stored)
  const isSound = typeof machine !== "string"
  const problems = [
    ...remarks,
    ...(hasMoved ? ["the directory was moved or restored: an agent does not open it as it is"] : []),
    ...(isSound ? [] : [machine]),
  ]
  return {
    clusterId: chain.identity.cluster,
    replica: chain.identity.replica,
    owner: chain.last.owner,
    term: String(hardState.term),
    lastTerm: String(last.term),
    lastIndex: String(last.index),
    // What was committed is known late (Raft §5.3), but never less than what a snapshot stands for.
    commitIndex: String(Math.max(hardState.commit, snapshot.index)),
    voters,
    outgoing,
    learners,
    ...(isSound ? stateOf(machine) : {}),
    opens: isSound && !hasMoved,
    isSound,
    problems,
  }
}

function stateOf(machine: Machine): Pick<Collected, "epoch" | "token" | "sessions"> {
  return { epoch: machine.epoch, token: String(machine.lastToken), sessions: [...machine.sessions()].length }
}

/** Active on append (Raft thesis §4.1). */
export function lastGroup({ snapshot, entries }: StoredLog["read"]["stored"]): Group {
  return entries.findLast(({ group }) => group !== undefined)?.group ?? snapshot.group
}
