import { type NodeId, unreachable } from "@conclave/base"
import { type CommandResult, decodeCommand, type SessionId } from "@conclave/consensus"
import { subjectOf } from "./command-subject.ts"

/** `elsewhere`: whoever asks, or another host, may know more of the group than this one does. */
export type Verdict = "admitted" | "elsewhere" | Extract<CommandResult, { kind: "refused" }>

/** What the door asks of the replicated state. */
interface Sessions {
  readonly rev: number
  readonly session: (id: SessionId) => { readonly host: NodeId } | undefined
}

export interface CallDoorOptions {
  /** The group has a replica of this host, as the log of the own one tells. */
  readonly hasSeat: (host: NodeId) => boolean
  /** The state as far as it is applied here; undefined = it is at work. */
  readonly local: () => Sessions | undefined
  /** Linearizable; undefined = not by the deadline. */
  readonly read: (untilMs: number, done: (state: Sessions | undefined) => void) => void
}

/** What another agent wants to have proposed. */
export interface Asking {
  /** Which host it is: where there is a join secret its key has shown that, else it says so. */
  readonly from: NodeId
  readonly data: Uint8Array
  readonly untilMs: number
}

/**
 * Whom other agents speak for in their calls: those with a seat in the group for all from whom they took something, as
 * relays do, and everybody else for its own host and the sessions there alone. So the first host with a replica that a
 * command comes to judges it, and the leader believes that host.
 */
export class CallDoor {
  readonly #options: CallDoorOptions

  constructor(options: CallDoorOptions) {
    this.#options = options
  }

  hasSeat(host: NodeId): boolean {
    return this.#options.hasSeat(host)
  }

  speaksFor(from: NodeId, host: NodeId): boolean {
    return from === host || this.hasSeat(from)
  }

  /** Calls back once, at the deadline at the latest. */
  judge({ from, data, untilMs }: Asking, done: (verdict: Verdict) => void): void {
    if (this.hasSeat(from)) return done("admitted")
    const decoded = decodeCommand(data)
    // Of a later version: there may be a host that can read it.
    if (!decoded.ok) return done("elsewhere")
    const subject = subjectOf(decoded.command)
    switch (subject.kind) {
      // Where it would be proposed it is refused.
      case "leader":
      case "operator":
        return done("admitted")
      case "hosts":
        return done(subject.hosts.every((host) => host === from) ? "admitted" : "elsewhere")
      case "session":
        if (this.#options.local()?.session(subject.session)?.host === from) return done("admitted")
        return this.#options.read(untilMs, (state) => done(this.#judgeSession(from, subject.session, state)))
      default:
        return unreachable(subject)
    }
  }

  /** What is applied here may be old: only a state of after the call tells that a session is another host's. */
  #judgeSession(from: NodeId, id: SessionId, state: Sessions | undefined): Verdict {
    if (state === undefined) return "elsewhere"
    const { host } = state.session(id) ?? {}
    // Of one that is over, or never was, the state machine says so.
    if (host === undefined || this.speaksFor(from, host)) return "admitted"
    return { kind: "refused", refusal: { kind: "outdated" }, rev: state.rev }
  }
}
