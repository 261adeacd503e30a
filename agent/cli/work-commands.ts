import type { FlagSpec } from "../config/command-line.ts"
import type { CommandSpec } from "./terminal/command.ts"

const STALE_FLAG: FlagSpec = { name: "stale", help: "what this agent knows itself, also without a quorum" }

/** Pools of items that are shared out among workers. */
export const WORK_COMMANDS: readonly CommandSpec[] = [
  {
    name: "work configure",
    summary: "Sets how a pool of work is shared out, and how many partitions it has",
    usage: "NAME",
    argsMin: 1,
    argsMax: 1,
    flags: [
      { name: "partitions", value: "N", help: "its items are 0 to N-1; 0 = tasks that are put one by one (default 0)" },
      { name: "handoff-timeout", value: "D", help: "how long a worker may take to hand an item back (default 30s)" },
      {
        name: "restart-grace",
        value: "D",
        help: "how long the items of a lost worker wait for one of the same id, 0 = not at all (default 30s)",
      },
      {
        name: "spread",
        value: "none|host|zone",
        help: "what is spread evenly where workers are equally busy (default host)",
      },
      { name: "max-attempts", value: "N", help: "a task that failed so often is not tried again (default 10)" },
      { name: "if-rev", value: "R", help: "only where the settings are of this revision, 0 = nobody made any" },
    ],
    more: "What is not given stays as it is, and is the default in a new pool. Exit 7 where the revision is another one.",
    examples: [
      "conclave work configure shards --partitions 64 --spread zone",
      "conclave work configure mails --max-attempts 5 --handoff-timeout 1m",
    ],
    load: async () => (await import("./work.ts")).workConfigure,
  },
  {
    name: "work put",
    summary: "Puts a task, or replaces what an item carries",
    usage: "NAME ITEM",
    argsMin: 2,
    argsMax: 2,
    flags: [
      { name: "payload", value: "JSON|-", help: "what its worker is given, at most 64 KiB, with - from stdin" },
      { name: "weight", value: "N", help: "how much of a worker's capacity it takes (default 1)" },
      { name: "pin", value: "WORKER", help: "the id of the only worker that may have it" },
    ],
    more: "The first task makes the pool. Whoever has the item keeps it.",
    examples: [
      `conclave work put mails welcome/7 --payload '{"to":"a@example.org"}'`,
      "conclave work put scans big --weight 4 --pin web-1",
    ],
    load: async () => (await import("./work.ts")).workPut,
  },
  {
    name: "work remove",
    summary: "Removes a task, whoever has it",
    usage: "NAME ITEM",
    argsMin: 2,
    argsMax: 2,
    more: "That there was none is no failure. A partition cannot be removed (exit 7). Its worker is told; what is put again under the same name is given to nobody while that worker may not have heard, at most the TTL of its session.",
    examples: ["conclave work remove mails welcome/7"],
    load: async () => (await import("./work.ts")).workRemove,
  },
  {
    name: "work retry",
    summary: "Tries a failed item again, and one that rests at once",
    usage: "NAME ITEM",
    argsMin: 2,
    argsMax: 2,
    examples: ["conclave work retry mails welcome/7"],
    load: async () => (await import("./work.ts")).workRetry,
  },
  {
    name: "work show",
    summary: "Shows the pools and their workers, or one with its settings and how its items are",
    usage: "[NAME]",
    argsMax: 1,
    flags: [
      { name: "prefix", value: "P", help: "only names that begin so" },
      STALE_FLAG,
      { name: "watch", help: "go on: print each change of the workers" },
    ],
    examples: ["conclave work show", "conclave work show mails --json"],
    load: async () => (await import("./holds.ts")).workers,
  },
  {
    name: "work items",
    summary: "Shows the items of a pool and who has them",
    usage: "NAME",
    argsMin: 1,
    argsMax: 1,
    flags: [STALE_FLAG, { name: "watch", help: "go on: print each change" }],
    examples: ["conclave work items mails", "conclave work items mails --watch --json"],
    load: async () => (await import("./work.ts")).workItems,
  },
  {
    name: "work run",
    summary: "Is a worker of a pool and runs a command for each item that it is given, until a signal",
    usage: "NAME",
    argsMin: 1,
    argsMax: 1,
    takesCommand: true,
    needsCommand: true,
    flags: [
      { name: "id", value: "ID", help: "under which it may come back; the newest worker of an id wins" },
      { name: "capacity", value: "N", help: "what its items may weigh together (default without limit)" },
      { name: "zone", value: "Z", help: "what --spread zone goes by" },
    ],
    more: "CMD runs once for each item, in a process group of its own, as many at once as the capacity allows, with the payload as JSON on stdin and CONCLAVE_WORK_ITEM, CONCLAVE_GRANT_KIND, _NAME and _TOKEN set. Exit 0 of CMD: a task is done, a partition handed back; anything else: tried again later. TERM when the item is asked back or half the TTL has passed unrenewed, KILL before anybody else can have it. TERM or INT of this command: no new items, what runs is asked to finish, exit 0 when all is handed back; 122 lost, 126 cannot execute, 127 not found.",
    examples: [
      "conclave work run mails --capacity 4 -- ./send.sh",
      "conclave work run shards --id web-1 --zone a -- node shard.js",
    ],
    load: async () => (await import("./work-run.ts")).workRun,
  },
  {
    name: "work explain",
    summary: "Tells why an item is where it is: its last steps, the newest last",
    usage: "NAME ITEM",
    argsMin: 2,
    argsMax: 2,
    flags: [STALE_FLAG],
    examples: ["conclave work explain mails welcome/7"],
    load: async () => (await import("./work.ts")).workExplain,
  },
]
