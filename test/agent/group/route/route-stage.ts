import type { Addr, NodeId } from "@conclave/base"
import { type CommandResult, encodeCommand, type LogIndex } from "@conclave/consensus"
import type { CallDoor } from "conclave/group/route/call-door"
import { CallService } from "conclave/group/route/call-service"
import { LeaderRoute, type Outcome } from "conclave/group/route/leader-route"
import { WayToLeader } from "conclave/group/route/way-to-leader"
import type { Proposed, RunningReplica } from "conclave/replica/running-replica"
import type { Call, CallLinks, CallOutcome } from "conclave/streams/call-links"
import { encodeFrame, type StreamFrame } from "conclave/streams/stream-frame"
import { FakeClock } from "../../fake-clock.ts"
import { clockOf } from "../../fake-links.ts"
import { memberId } from "../../fake-view.ts"

export const RELAYS: readonly Addr[] = ["10.0.0.2:7951", "10.0.0.3:7951"] as Addr[]
export const LEADER: Addr = "10.0.0.9:7951" as Addr
/** A kind of call that somebody else answers. */
const OTHER = 7
export const COMMAND: Uint8Array = encodeCommand({ kind: "endHost", host: memberId("a"), boot: 1, isGone: false })
export const RESULT: CommandResult = { kind: "done", rev: 4 }
export const APPLIED: Extract<Proposed, { kind: "applied" }> = {
  kind: "applied",
  applied: { kind: "applied", index: 1, result: RESULT, isRepeat: false, rev: 4, changes: [] },
}

export interface Asked {
  readonly to: Addr
  readonly call: Call
  readonly done: (outcome: CallOutcome) => void
}

/** Lets in whatever others ask. */
export const OPEN: Pick<CallDoor, "hasSeat" | "speaksFor" | "judge"> = {
  hasSeat: () => true,
  speaksFor: () => true,
  judge: (_asking, done) => done("admitted"),
}

export class RouteStage {
  readonly time: FakeClock = new FakeClock()
  readonly asked: Asked[] = []
  readonly proposed: ((outcome: Proposed) => void)[] = []
  /** Of each of them, whether it may use the reserve. */
  readonly relieves: boolean[] = []
  readonly outcomes: Outcome[] = []
  readonly indexes: (LogIndex | undefined)[] = []
  readonly detour: { isNeeded: boolean; readonly relays: () => Addr[]; readonly unreached: (addr: Addr) => void } = {
    isNeeded: false,
    relays: () => [RELAYS[1] as Addr],
    unreached: (addr: Addr) => this.missed.push(addr),
  }
  readonly missed: Addr[] = []
  /** What was asked has not left yet. */
  waits: boolean = false
  readonly route: LeaderRoute
  readonly service: CallService
  door: Pick<CallDoor, "hasSeat" | "speaksFor" | "judge"> = OPEN
  replica: "none" | "follower" | "leader" = "none"
  leaderAddr: Addr | undefined
  relays: readonly Addr[] = RELAYS
  read: ((index: LogIndex | undefined) => void)[] = []
  /** The host without which the group would have no quorum. */
  needed: NodeId | undefined

  constructor() {
    const calls = {
      call: (to: Addr, call: Call, done: Asked["done"]) => {
        this.asked.push({ to, call, done })
        return () => this.waits
      },
    }
    const running = {
      raft: { group: { voters: ["a", "b", "c"] } },
      propose: (_data: Uint8Array, relieves: boolean, done: (outcome: Proposed) => void): void => {
        this.relieves.push(relieves)
        this.proposed.push(done)
      },
      readIndex: (done: (index: LogIndex | undefined) => void) => void this.read.push(done),
    }
    const here = (): RunningReplica | undefined => {
      if (this.replica === "none") return undefined
      return { ...running, isLeader: this.replica === "leader" } as unknown as RunningReplica
    }
    const [leaderAddr, relays] = [() => this.leaderAddr, () => this.relays]
    const clock = clockOf(this.time)
    const way = new WayToLeader({ running: here, leaderAddr, relays, detour: this.detour })
    const canSpare = (_replica: unknown, host: NodeId): boolean => host !== this.needed
    this.route = new LeaderRoute({ clock, calls: calls as unknown as CallLinks, running: here, way, canSpare })
    this.service = new CallService({
      clock,
      running: here,
      way,
      route: this.route,
      door: {
        hasSeat: (host) => this.door.hasSeat(host),
        speaksFor: (from, host) => this.door.speaksFor(from, host),
        judge: (asking, done) => this.door.judge(asking, done),
      },
      serveOther: (what, _body, { answer }) => {
        if (what !== OTHER) return false
        answer(7, Uint8Array.of(1))
        return true
      },
    })
  }

  propose(isRepeatable = false, leftMs = 1000): void {
    this.#propose(COMMAND, isRepeatable, leftMs)
  }

  removes(name: string): void {
    this.#propose(encodeCommand({ kind: "removeHost", host: memberId(name) }), true, 1000)
  }

  #propose(data: Uint8Array, isRepeatable: boolean, leftMs: number): void {
    const untilMs = this.time.now() + leftMs
    this.route.propose({ data, untilMs, relieves: false, isRepeatable }, (outcome) => this.outcomes.push(outcome))
  }

  pass(ms: number): void {
    for (let passed = 0; passed < ms; passed += 10) this.time.advance(10)
  }
}

/** Calls of another agent, and what it is answered. */
export function served(stage: RouteStage): {
  readonly ask: (what: number, body?: Uint8Array) => void
  readonly answers: StreamFrame[]
} {
  const answers: StreamFrame[] = []
  const hello = { kind: "hello", version: 1, purpose: "calls", cluster: "c", from: "a", to: "" } as const
  const inbound = stage.service.serve({
    ...{ hello, source: RELAYS[0] as Addr, waitingBytes: () => 0, close: () => {} },
    send: (frame) => {
      encodeFrame(frame)
      return answers.push(frame) > 0
    },
  })
  const ask = (what: number, body = COMMAND): void =>
    inbound.onFrame({ kind: "call", number: 7, leftMs: 500, what, body })
  return { ask, answers }
}
