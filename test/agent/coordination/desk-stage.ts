import { type Acquire, NO_TERMS } from "@conclave/consensus"
import type { HoldEvent } from "conclave/api/hold-objects"
import { HoldDesk } from "conclave/coordination/hold-desk"
import type { HoldStream } from "conclave/coordination/hold-stream"
import type { LocalSession } from "conclave/coordination/local-session"
import { ReplicatedTime } from "conclave/coordination/replicated-time"
import { WaitingPlaces } from "conclave/coordination/waiting-places"
import { BookStage } from "./book-stage.ts"

/** Streams of holds before the real state machine. */
export class DeskStage extends BookStage {
  readonly desk: HoldDesk = new HoldDesk()
  readonly time: ReplicatedTime = new ReplicatedTime(() => this.cluster.machine.walls)
  readonly places: WaitingPlaces = new WaitingPlaces({
    clock: this.clock,
    time: this.time,
    local: () => this.cluster.local()?.state,
  })
  /** The state's word does not reach the streams: they have the answers to their requests alone. */
  isDeaf: boolean = false

  constructor() {
    super()
    this.cluster.listen({
      changed: (rev, changes, state) => {
        if (!this.isDeaf) this.desk.changed(rev, changes, state)
      },
      replaced: (state) => this.desk.replaced(state),
    })
  }

  hold(session: LocalSession, seq: number, more: Partial<Acquire> = {}, toldRev = 0): HoldStream {
    const { cluster, clock, book, lease, places } = this
    const command: Acquire = { ...ACQUIRE, session: session.id, seq, ...more }
    return this.desk.open({
      cluster,
      clock,
      session,
      command,
      toldRev,
      timeoutMs: 1000,
      places,
      promise: () => book.promise(session),
      beforeMs: (timeMs) => lease.beforeMs(timeMs),
      credentials: () => ({}),
      onRev: () => {},
      onReadable: () => {},
    })
  }
}

const ACQUIRE: Omit<Acquire, "session" | "seq"> = {
  kind: "acquire",
  floor: 0,
  hold: "lock",
  names: ["a"],
  mode: "exclusive",
  waitMs: undefined,
  priority: 0,
  maxHoldMs: undefined,
  lockDelayMs: 0,
  ...NO_TERMS,
  note: undefined,
  value: undefined,
}

export function eventsOf(stream: HoldStream): HoldEvent[] {
  const events: HoldEvent[] = []
  for (let event = stream.take(); event !== undefined; event = stream.take()) events.push(event)
  return events
}

export function typesOf(stream: HoldStream): string[] {
  return eventsOf(stream).map(({ type }) => type)
}
