import type { FlagSpec } from "../config/command-line.ts"
import type { CommandSpec } from "./terminal/command.ts"

const STALE_FLAG: FlagSpec = { name: "stale", help: "what this agent knows itself, also without a quorum" }
const IF_REV_FLAG: FlagSpec = {
  name: "if-rev",
  value: "R",
  help: "only where it is of this revision, 0 = is not there",
}
const MORE =
  "Sent once and never repeated: where the answer is lost nobody knows whether it was applied (exit 8), and with --if-rev it can be sent again without harm. Exit 7 where the revision is another one."

/** Small state under keys. */
export const KV_COMMANDS: readonly CommandSpec[] = [
  {
    name: "kv get",
    summary: "Prints the value under a key, as JSON",
    usage: "KEY",
    argsMin: 1,
    argsMax: 1,
    flags: [STALE_FLAG],
    more: "Exit 6 where there is none.",
    examples: ["conclave kv get config/limit", "conclave kv get config/limit --json"],
    load: async () => (await import("./kv.ts")).kvGet,
  },
  {
    name: "kv put",
    summary: "Puts a value under a key",
    usage: "KEY JSON|-",
    argsMin: 2,
    argsMax: 2,
    flags: [IF_REV_FLAG],
    more: `The value is JSON of at most 64 KiB, with - from stdin. ${MORE}`,
    examples: [
      "conclave kv put config/limit 5",
      `conclave kv put config/motd '"hello"' --if-rev 0`,
      "conclave kv put config/app - < app.json",
    ],
    load: async () => (await import("./kv.ts")).kvPut,
  },
  {
    name: "kv delete",
    summary: "Deletes what is under a key",
    usage: "KEY",
    argsMin: 1,
    argsMax: 1,
    flags: [IF_REV_FLAG],
    more: `That there was nothing is no failure. ${MORE}`,
    examples: ["conclave kv delete config/limit", "conclave kv delete config/limit --if-rev 41"],
    load: async () => (await import("./kv.ts")).kvDelete,
  },
  {
    name: "kv list",
    summary: "Shows the entries whose keys begin so, or all",
    usage: "[PREFIX]",
    argsMax: 1,
    flags: [STALE_FLAG],
    examples: ["conclave kv list", "conclave kv list config/ --json"],
    load: async () => (await import("./kv.ts")).kvList,
  },
  {
    name: "kv watch",
    summary: "Shows the entries whose keys begin so, and then each change",
    usage: "[PREFIX]",
    argsMax: 1,
    examples: ["conclave kv watch config/", "conclave kv watch --json"],
    load: async () => (await import("./kv.ts")).kvWatch,
  },
]
