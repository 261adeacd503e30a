import type { NodeId } from "@conclave/base"
import type { Clock } from "../../ports.ts"
import type { RunningReplica } from "../../replica/running-replica.ts"
import { HOW, OF_SEATS, WHAT } from "../../streams/call-kinds.ts"
import type { Dialler, Inbound } from "../../streams/stream-server.ts"
import type { CallDoor } from "./call-door.ts"
import type { LeaderRoute, Outcome } from "./leader-route.ts"
import type { WayToLeader } from "./way-to-leader.ts"
import { decodeRenewal, encodeReadIndex, encodeRenewed } from "./wire-renewal.ts"
import { encodeApplied, encodeOverloaded } from "./wire-result.ts"

/** Calls of one agent that a relay works on at once; more are not taken. */
const INBOUND_CALLS_MAX = 4096

const EMPTY = new Uint8Array(0)

export interface CallServiceOptions {
  readonly clock: Pick<Clock, "now">
  readonly running: () => RunningReplica | undefined
  readonly way: Pick<WayToLeader, "next">
  readonly route: Pick<LeaderRoute, "propose" | "readIndexHere" | "renew">
  readonly door: Pick<CallDoor, "hasSeat" | "speaksFor" | "judge">
  /** Answers what is no command, question or renewal; false = it is nothing that this program knows. */
  readonly serveOther: (what: number, body: Uint8Array, call: Served) => boolean
}

/** A call of another agent: until when it waits, and its answer, to be given once. */
export interface Served {
  readonly untilMs: number
  /** Whoever asks may do so in the name of this host. */
  readonly speaksFor: (host: NodeId) => boolean
  readonly answer: (how: number, body: Uint8Array) => void
}

interface ServedFrom extends Served {
  readonly from: NodeId
}

interface ServedProposal extends ServedFrom {
  readonly data: Uint8Array
  readonly relieves: boolean
  /** It was sent here as to the leader. */
  readonly isLast: boolean
}

/**
 * What this host does for other agents on their way to the leader: as the leader, or as a relay. Whoever is told that
 * nothing was proposed has others to ask.
 */
export class CallService {
  readonly #options: CallServiceOptions

  constructor(options: CallServiceOptions) {
    this.#options = options
  }

  /** Serves the calls of one agent. */
  serve(dialler: Dialler): Inbound {
    const { door, clock } = this.#options
    const from = dialler.hello.from as NodeId
    const speaksFor = (host: NodeId): boolean => door.speaksFor(from, host)
    let calls = 0
    return {
      onFrame: (frame) => {
        if (frame.kind !== "call") return
        const { number, what, body } = frame
        const answer = (how: number, reply: Uint8Array): void => {
          calls--
          dialler.send({ kind: "answer", number, how, body: reply })
        }
        calls++
        if (calls > INBOUND_CALLS_MAX) return answer(HOW.notProposed, EMPTY)
        // As to who leads they come from those who judge themselves what they take of others.
        if (OF_SEATS.has(what) && !door.hasSeat(from)) return answer(HOW.notProposed, EMPTY)
        this.#serveCall(what, body, { from, untilMs: clock.now() + frame.leftMs, speaksFor, answer })
      },
      onEnd: () => {},
    }
  }

  #serveCall(what: number, body: Uint8Array, call: ServedFrom): void {
    const { route, serveOther } = this.#options
    const { answer } = call
    switch (what) {
      case WHAT.propose:
      case WHAT.proposeHere:
        return this.#serveProposal({ ...call, data: body, relieves: false, isLast: what === WHAT.proposeHere })
      case WHAT.relieve:
      case WHAT.relieveHere:
        return this.#serveProposal({ ...call, data: body, relieves: true, isLast: what === WHAT.relieveHere })
      case WHAT.read:
        return route.readIndexHere((index) =>
          index === undefined ? answer(HOW.notProposed, EMPTY) : answer(HOW.read, encodeReadIndex(index)),
        )
      case WHAT.renew:
        return this.#serveRenewal(body, call)
      default:
        if (!serveOther(what, body, call)) answer(HOW.notProposed, EMPTY)
    }
  }

  #serveRenewal(body: Uint8Array, { untilMs, speaksFor, answer }: Served): void {
    const { route, running } = this.#options
    const renewal = decodeRenewal(body)
    // A host without a replica gathers for nobody: whoever takes it for a relay has another.
    const isTaken = renewal !== undefined && running() !== undefined && speaksFor(renewal.host)
    if (!isTaken) return answer(HOW.notProposed, EMPTY)
    route.renew(renewal, untilMs, (outcome) =>
      outcome === undefined ? answer(HOW.unknown, EMPTY) : answer(HOW.renewed, encodeRenewed(outcome)),
    )
  }

  #serveProposal({ data, untilMs, relieves, isLast, from, answer }: ServedProposal): void {
    const { door, route, way } = this.#options
    const origin = isLast ? "last" : "relayed"
    // Whoever asks has others to ask, and need not wait here for what only they can tell.
    if (way.next(origin).kind === "refused") return answer(HOW.notProposed, EMPTY)
    door.judge({ from, data, untilMs }, (verdict) => {
      if (verdict === "elsewhere") return answer(HOW.notProposed, EMPTY)
      const done = (outcome: Outcome): void => answer(...encodeOutcome(outcome))
      if (verdict !== "admitted") return done({ kind: "applied", result: verdict, rev: verdict.rev, isRepeat: false })
      route.propose({ data, untilMs, relieves, isRepeatable: false }, done, origin)
    })
  }
}

function encodeOutcome(outcome: Outcome): [number, Uint8Array] {
  switch (outcome.kind) {
    case "applied":
      return [HOW.applied, encodeApplied(outcome)]
    case "noQuorum":
      return [HOW.notProposed, EMPTY]
    case "unknown":
      return [HOW.unknown, EMPTY]
    case "overloaded":
      return [HOW.overloaded, encodeOverloaded(outcome.limit)]
  }
}
