import type { Warning } from "../api/view.ts"
import type { SealMode } from "../seal-mode.ts"

/** How far one kind of traffic is encrypted; `open`: it has no key. */
export type Encryption = SealMode | "open"

const NAMES_SHOWN = 5

const IN_THE_CLEAR: Readonly<Record<SealMode, string>> = {
  accept: "sent in the clear, and taken so",
  send: "taken in the clear, too",
  require: "",
}

/** What is not encrypted between agents, in one warning; none where all is. */
export function notEncrypted(gossip: Encryption, streams: Encryption): readonly Warning[] {
  if (gossip === "require" && streams === "require") return []
  const message =
    gossip === "open" && streams === "open"
      ? "traffic between agents is not encrypted"
      : [said("gossip is", gossip), said("streams between agents are", streams)]
          .filter((each) => each !== "")
          .join(", ")
  return [{ code: "not-encrypted", message, hint: hintOf(gossip, streams) }]
}

/** Who stands between `send` and `require`: hosts that were heard in the clear lately. */
export function stillInTheClear(names: readonly string[]): readonly Warning[] {
  if (names.length === 0) return []
  const message = `gossip came in the clear in the last minute from ${listed(names)}`
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

function said(what: string, encryption: Encryption): string {
  if (encryption === "require") return ""
  return `${what} ${encryption === "open" ? "not encrypted" : IN_THE_CLEAR[encryption]}`
}

function hintOf(gossip: Encryption, streams: Encryption): string {
  const lacks = [gossip === "open" ? "gossipKeyFile" : "", streams === "open" ? "joinKeyFile" : ""]
  const keys = lacks.filter((key) => key !== "").join(" and ")
  if (keys !== "") return `give every host the same ${keys}; until then keep the port inside a trusted network`
  if (gossip === "accept" || streams === "accept") return "set gossip.seal to send when every host has the keys"
  return "set gossip.seal to require when every host sends"
}
