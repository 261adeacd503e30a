import type { Verdict } from "./observation.ts"

export type SerfLine =
  | { readonly kind: "running" }
  | { readonly kind: "member"; readonly subject: string; readonly verdict: Verdict }
  | { readonly kind: "failed"; readonly message: string }

const EVENTS: Readonly<Record<string, Verdict>> = {
  EventMemberJoin: "alive",
  EventMemberFailed: "dead",
  EventMemberLeave: "left",
  EventMemberReap: "gone",
}

/**
 * Reads one line of a Serf agent's log; undefined for what says nothing about membership.
 * These lines are written when the event is handled: event handlers and its RPC streams hear of it
 * only after a coalescing window of a second, so reading them would be unfair to Serf.
 */
export function readSerfLine(line: string): SerfLine | undefined {
  if (line.includes("==> Serf agent running!")) return { kind: "running" }
  const event = /serf: (EventMember[A-Za-z]+): (\S+)/.exec(line)
  if (event !== null) {
    const verdict = EVENTS[event[1] as string]
    return verdict === undefined ? undefined : { kind: "member", subject: event[2] as string, verdict }
  }
  // The accuser's own suspicion; what it hears from others is not logged.
  const suspect = /memberlist: Suspect (\S+) has failed/.exec(line)
  if (suspect !== null) return { kind: "member", subject: suspect[1] as string, verdict: "accused" }
  const failed = /==> ((?:Failed|Error) .+)$/.exec(line)
  return failed === null ? undefined : { kind: "failed", message: failed[1] as string }
}

/** The version in the output of `serf version`. */
export function readSerfVersion(output: string): string | undefined {
  return /^(?:Serf )?v?(\d+\.\d+\.\d+\S*)/m.exec(output)?.[1]
}
