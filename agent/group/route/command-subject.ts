import type { NodeId } from "@conclave/base"
import type { Command, SessionId } from "@conclave/consensus"

/** Whose a command is, and so who may have it proposed. */
export type Subject =
  /**
   * Whoever leads makes it by what it knows itself: a wrong hash would end every replica, and a wall clock, an owner of
   * work or a founding are no more than what a leader says.
   */
  | { readonly kind: "leader" }
  /** Agents, each of its own host. */
  | { readonly kind: "hosts"; readonly hosts: readonly NodeId[] }
  /** The agent that the session is attached to. */
  | { readonly kind: "session"; readonly session: SessionId }
  /** Whoever has the right to it at the local socket of some host. */
  | { readonly kind: "operator" }

export function subjectOf(command: Command): Subject {
  switch (command.kind) {
    case "tick":
    case "checkHash":
    case "workAssign":
    case "found":
    case "recover":
      return LEADER
    case "renewHosts":
      return { kind: "hosts", hosts: command.items.map(({ host }) => host) }
    case "open":
    case "attach":
    case "endHost":
      return { kind: "hosts", hosts: [command.host] }
    case "detach":
    case "end":
    case "acquire":
    case "cancel":
    case "release":
    case "update":
    case "transfer":
      return { kind: "session", session: command.session }
    case "kvPut":
    case "kvDelete":
    case "resize":
    case "workConfigure":
    case "workPut":
    case "workRemove":
    case "workRetry":
    case "workSettle":
    case "workCheckpoint":
      return command.request === undefined ? OPERATOR : { kind: "session", session: command.request.session }
    case "removeHost":
    case "revoke":
    case "stage":
    case "unstage":
    case "restore":
      return OPERATOR
  }
}

const LEADER: Subject = { kind: "leader" }
const OPERATOR: Subject = { kind: "operator" }
