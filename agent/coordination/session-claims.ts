import type { Millis } from "@conclave/base"
import type { Command, Liveness, SessionId } from "@conclave/consensus"
import type { Problem } from "../api/problem.ts"
import type { FoundProcess, Secrets } from "../ports.ts"
import type { Cluster } from "./cluster.ts"
import type { Elapsed } from "./elapsed.ts"
import type { GivenUp } from "./given-up.ts"
import type { HostLease } from "./host-lease.ts"
import type { LocalSession, SessionOwner } from "./local-session.ts"
import { notProposed, refusalProblem, unexpected, unknownOutcome } from "./refusals.ts"

export interface OpenRequest {
  readonly ttlMs: number
  readonly liveness: Liveness
  readonly app: string
  readonly pid: number | undefined
  readonly processes: readonly (FoundProcess | undefined)[]
  readonly owner: SessionOwner
}

export interface AttachRequest {
  readonly id: string
  readonly secret: string
  readonly processes: readonly (FoundProcess | undefined)[]
  readonly owner: SessionOwner
}

/** As the cluster has given it to this agent, under this attachment of its. */
export type Claimed = Pick<LocalSession, "id" | "rev" | "secretHash" | "ttlMs" | "liveness" | "attachment" | "boot">

interface ClaimOptions {
  readonly cluster: Cluster
  readonly elapsed: Elapsed
  readonly lease: HostLease
  readonly secrets: Secrets
  readonly member: () => string
}

/**
 * Asks the cluster for sessions, each time under a number of its own: of two attachments the later one counts. What
 * became of an unanswered question is seen to (`GivenUp`).
 */
export class SessionClaims {
  readonly #options: ClaimOptions
  readonly #givenUp: GivenUp
  /** What is asked for now, by the number of its attachment. */
  readonly #asked: Map<number, SessionId> = new Map()
  #attachments = 0

  constructor(options: ClaimOptions, givenUp: GivenUp) {
    this.#options = options
    this.#givenUp = givenUp
  }

  /** The number of the next attachment. */
  next(): number {
    return ++this.#attachments
  }

  isAskedFor(session: SessionId): boolean {
    return [...this.#asked.values()].includes(session)
  }

  /** `secret` is told to the application and kept nowhere. */
  open(
    { ttlMs, liveness, app, pid }: OpenRequest,
    deadline: Millis,
    done: (claimed: (Claimed & { readonly secret: string }) | Problem) => void,
  ): void {
    const { secrets, member } = this.#options
    const { id, secret } = secrets.session()
    const secretHash = secrets.hash(secret)
    const { host, boot, attachment } = this.#place()
    const session = id as SessionId
    const about = { session, secretHash, host, boot, attachment, ttlMs, liveness, member: member(), app, pid } as const
    const open = { kind: "open", ...about } as const
    this.#ask(open, deadline, (attached) => {
      if ("code" in attached) return done(attached)
      done({ id: session, rev: attached.rev, secretHash, ttlMs, liveness, attachment, boot, secret })
    })
  }

  attach({ id, secret }: AttachRequest, deadline: Millis, done: (claimed: Claimed | Problem) => void): void {
    const secretHash = this.#options.secrets.hash(secret)
    const { host, boot, attachment } = this.#place()
    const session = id as SessionId
    this.#ask({ kind: "attach", session, secretHash, host, boot, attachment }, deadline, (attached) => {
      if ("code" in attached) return done(attached)
      const { rev, ttlMs } = attached
      done({ id: session, rev, secretHash, ttlMs, liveness: "heartbeat", attachment, boot })
    })
  }

  #place(): { readonly host: Cluster["host"]; readonly boot: number; readonly attachment: number } {
    const { cluster } = this.#options
    return { host: cluster.host, boot: cluster.boot(), attachment: this.next() }
  }

  #ask(
    command: Extract<Command, { kind: "open" | "attach" }>,
    deadline: Millis,
    done: (attached: { readonly rev: number; readonly ttlMs: number } | Problem) => void,
  ): void {
    const { cluster, elapsed, lease } = this.#options
    const op = `session.${command.kind}`
    const sentMs = elapsed.now()
    this.#asked.set(command.attachment, command.session)
    cluster.propose(command, deadline, (outcome) => {
      this.#asked.delete(command.attachment)
      if (outcome.kind === "not-proposed") return done(notProposed(outcome))
      if (outcome.kind === "unknown") {
        if (command.kind === "open") this.#givenUp.open(command)
        else this.#givenUp.attach(command.session, command.attachment)
        return done(unknownOutcome(op))
      }
      const { result } = outcome
      if (result.kind === "refused") return done(refusalProblem(result, { op, name: null }))
      if (result.kind !== "attached") return done(unexpected(op, result.kind))
      lease.acknowledged(sentMs, result.timeMs)
      done(result)
    })
  }
}

/** `former`: the same session, for which another connection of this agent has spoken. */
export function localSession(
  { id, rev, secretHash, ttlMs, liveness, attachment, boot }: Claimed,
  { owner, processes }: Pick<LocalSession, "owner" | "processes">,
  former?: LocalSession,
): LocalSession {
  return {
    id,
    rev,
    secretHash,
    ttlMs,
    liveness,
    attachment,
    claim: attachment,
    boot,
    owner,
    processes,
    // They are bound again soon, and act for it until then, too.
    groups: former?.groups ?? new Map(),
    promisedMs: 0,
    end: undefined,
    nextSeq: former?.nextSeq ?? 1,
  }
}
