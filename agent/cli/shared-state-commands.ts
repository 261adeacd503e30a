import type { FlagSpec } from "../config/command-line.ts"
import { KV_COMMANDS } from "./kv-commands.ts"
import type { CommandSpec } from "./terminal/command.ts"
import { WORK_COMMANDS } from "./work-commands.ts"

const STALE_FLAG: FlagSpec = { name: "stale", help: "what this agent knows itself, also without a quorum" }
const HOLD_FLAGS: readonly FlagSpec[] = [
  { name: "prefix", value: "P", help: "only names that begin so" },
  STALE_FLAG,
  { name: "watch", help: "go on: print each change" },
]

/** What applications share, and the group that keeps it: shown, and acted on by operators. */
export const SHARED_STATE_COMMANDS: readonly CommandSpec[] = [
  {
    name: "locks",
    summary: "Shows who holds which lock and how many wait, or one lock with its history",
    usage: "[NAME]",
    argsMax: 1,
    flags: HOLD_FLAGS,
    examples: ["conclave locks", "conclave locks --prefix backup/", "conclave locks nightly", "conclave locks --watch"],
    load: async () => (await import("./holds.ts")).locks,
  },
  {
    name: "elections",
    summary: "Shows who leads which election and how many stand, or one with its history",
    usage: "[NAME]",
    argsMax: 1,
    flags: HOLD_FLAGS,
    examples: ["conclave elections", "conclave elections scheduler --json", "conclave elections --watch --json"],
    load: async () => (await import("./holds.ts")).elections,
  },
  {
    name: "semaphores",
    summary: "Shows who holds how much of which semaphore and how many wait, or one with its history",
    usage: "[NAME]",
    argsMax: 1,
    flags: HOLD_FLAGS,
    examples: ["conclave semaphores", "conclave semaphores rollout --json", "conclave semaphores --watch"],
    load: async () => (await import("./holds.ts")).semaphores,
  },
  {
    name: "groups",
    summary: "Shows the members of groups, or of one with its history",
    usage: "[NAME]",
    argsMax: 1,
    flags: HOLD_FLAGS,
    examples: ["conclave groups", "conclave groups web --json", "conclave groups --watch"],
    load: async () => (await import("./holds.ts")).groups,
  },
  ...KV_COMMANDS,
  ...WORK_COMMANDS,
  {
    name: "sessions",
    summary: "Shows the sessions of applications, or one with all that it holds",
    usage: "[ID]",
    argsMax: 1,
    flags: [STALE_FLAG],
    examples: ["conclave sessions", "conclave sessions --json"],
    load: async () => (await import("./sessions.ts")).sessions,
  },
  {
    name: "revoke",
    summary: "Asks the holders to finish, waits, and then breaks what is left",
    usage: "KIND NAME",
    argsMin: 2,
    argsMax: 2,
    flags: [
      { name: "token", value: "T", help: "only the grant with this token" },
      { name: "grace", value: "D", help: "how long holders may take to finish (default 10s, 0s = none)" },
      { name: "reason", value: "TEXT", help: "why; the holders and the history are told (required)" },
    ],
    more: "KIND is lock, election, semaphore, group, work or session; for a session NAME is its id. Needs the admin socket.",
    examples: [
      "conclave revoke lock nightly --reason host-replaced",
      "conclave revoke election scheduler --token 41 --grace 1m --reason maintenance",
    ],
    load: async () => (await import("./revoke.ts")).revoke,
  },
  {
    name: "raft status",
    summary: "Shows the group that agrees: who leads, who votes, who is behind",
    more: "Answered from what this agent knows, also without a quorum. MATCH and LAG are known to the leader alone.",
    examples: ["conclave raft status", "conclave raft status --json"],
    load: async () => (await import("./raft.ts")).raftStatus,
  },
  {
    name: "raft bootstrap",
    summary: "Founds the cluster's group on this agent: once, on one agent",
    more: "Does nothing where there is a cluster already, and refuses while another agent shows one. Needs the admin socket.",
    examples: ["conclave raft bootstrap"],
    load: async () => (await import("./raft.ts")).raftBootstrap,
  },
  {
    name: "raft add",
    summary: "Gives a member a vote, once it has caught up",
    usage: "NAME",
    argsMin: 1,
    argsMax: 1,
    more: "Done by the agent that leads, asked of any. Needs the admin socket.",
    examples: ["conclave raft add ctl-4"],
    load: async () => (await import("./raft.ts")).raftAdd,
  },
  {
    name: "raft remove",
    summary: "Takes a member's seat, also one that is gone for good",
    usage: "NAME",
    argsMin: 1,
    argsMax: 1,
    flags: [{ name: "force", help: "also where fewer may be lost afterwards" }],
    more: "Done by the agent that leads, asked of any. Needs the admin socket.",
    examples: ["conclave raft remove ctl-2", "conclave raft remove ctl-2 --force"],
    load: async () => (await import("./raft.ts")).raftRemove,
  },
  {
    name: "raft transfer",
    summary: "Moves the leadership of the group, to the best voter or to the one named",
    usage: "[NAME]",
    argsMax: 1,
    more: "Done by the agent that leads, asked of any. Needs the admin socket.",
    examples: ["conclave raft transfer", "conclave raft transfer ctl-3"],
    load: async () => (await import("./raft.ts")).raftTransfer,
  },
]
