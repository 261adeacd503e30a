import type { FlagSpec } from "../../config/command-line.ts"

/** What every command takes that holds something. */
export const HOLD_FLAGS: readonly FlagSpec[] = [
  { name: "wait", value: "D", help: "how long to wait for it: 30s, 0 or forever (default forever)" },
  {
    name: "ttl",
    value: "D",
    help: "how long it outlives the last sign of life (2s to 5m; default 10s, in the profile local 2s)",
  },
  { name: "max-hold", value: "D", help: "gives it up after so long, whatever happens" },
  { name: "note", value: "TEXT", help: "what others see beside it, at most 256 bytes" },
]

export const HOLD_MORE: string =
  "With CMD: runs it in a process group of its own and passes signals on and its exit code back; TERM when half the TTL has passed unrenewed, KILL before anybody else can have it; CONCLAVE_GRANT_KIND, _NAME and _TOKEN are set. Exit 122: the grant was lost, or CMD was stopped because it was asked back or --max-hold was over; a CMD that ends by itself when it is told to keeps its exit code. 124 not granted in --wait, 125 failed before CMD, 126 cannot execute, 127 not found."
