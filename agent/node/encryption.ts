import type { Warning } from "../api/view.ts"
import type { SealMode } from "../seal-mode.ts"

/** How far traffic between agents is encrypted; `open`: it has no keys. */
export type Encryption = SealMode | "open"

const NAMES_SHOWN = 5

interface Saying {
  readonly message: string
  readonly hint: string
}

const SAYING: Readonly<Record<Exclude<Encryption, "require">, Saying>> = {
  open: {
    message: "insecure: traffic between agents is not encrypted, and whoever reaches its port can read and change it",
    hint: "give every host the same gossipKeyFile and joinKeyFile; until then keep the port inside a trusted network",
  },
  accept: {
    message: "traffic between agents is sent in the clear, and taken so",
    hint: "set gossip.seal to send when every host has the keys",
  },
  send: {
    message: "traffic between agents is taken in the clear, too",
    hint: "set gossip.seal to require when every host sends",
  },
}

/** What is not encrypted between agents, in one warning; none where all is. */
export function notEncrypted(encryption: Encryption): readonly Warning[] {
  return encryption === "require" ? [] : [{ code: "not-encrypted", ...SAYING[encryption] }]
}

/** What stands between `send` and `require`: hosts that were heard in the clear lately, and streams that are. */
export function stillInTheClear(names: readonly string[], streams: number): readonly Warning[] {
  if (names.length === 0 && streams === 0) return []
  const gossip = names.length === 0 ? [] : [`gossip came in the clear in the last minute from ${listed(names)}`]
  const open = streams === 0 ? [] : [`${streams} ${streams === 1 ? "stream is" : "streams are"} in the clear`]
  const message = [...gossip, ...open].join(", and ")
  return [{ code: "gossip-in-the-clear", message, hint: "set gossip.seal to send there before it is require anywhere" }]
}

/** Why the mode may not change like this; undefined: it may. `names`: who was heard in the clear in the last minute. */
export function tooEarly(from: SealMode, to: SealMode, names: readonly string[]): string | undefined {
  if (from !== "accept" || to !== "require" || names.length === 0) return undefined
  return `${listed(names)} would be heard no more, and this agent by none of them; set gossip.seal to send on every host first`
}

function listed(names: readonly string[]): string {
  const shown = [...names].sort().slice(0, NAMES_SHOWN)
  return `${shown.join(", ")}${names.length > shown.length ? ` and ${names.length - shown.length} more` : ""}`
}
