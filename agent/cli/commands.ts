import type { Command, Flag } from "./command.ts"

/** Every command has these. */
export const GLOBAL_FLAGS: readonly Flag[] = [
  { name: "--socket", value: "PATH", about: "the agent's socket for applications" },
  { name: "--admin-socket", value: "PATH", about: "the agent's socket for operators" },
  { name: "--json", about: "print what the operation answers, as JSON" },
  { name: "--quiet", short: "-q", about: "say nothing on stderr but errors" },
  { name: "--verbose", short: "-v", about: "show more columns" },
  { name: "--color", value: "WHEN", type: ["auto", "always", "never"], about: "auto, always or never" },
  { name: "--timeout", value: "D", type: "duration", about: "longest wait for the agent (default 5s)" },
  { name: "--yes", short: "-y", about: "answer yes where a terminal would be asked" },
  { name: "--help", short: "-h", about: "this text" },
  { name: "--version", about: "print the version" },
]

export const COMMANDS: readonly Command[] = [
  {
    name: "status",
    about: "this agent and what it knows, in short",
    run: async (call) => (await import("./status.ts")).status(call),
  },
  {
    name: "members",
    about: "the members of the cluster as this agent sees them",
    args: "[NAME]",
    argsMax: 1,
    flags: [
      { name: "--status", value: "S,…", isRepeatable: true, about: "only alive, suspect, dead or left ones" },
      { name: "--tag", value: "K=V", isRepeatable: true, about: "only those with this tag" },
      { name: "--count", about: "only how many there are" },
      { name: "--watch", about: "stay and show each change" },
    ],
    examples: ["conclave members --status suspect,dead", "conclave members db-2", "conclave members --watch --json"],
    run: async (call) => (await import("./members.ts")).members(call),
  },
]
