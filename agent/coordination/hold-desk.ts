import type { Acquire, Change, SessionId } from "@conclave/consensus"
import type { StateView } from "./cluster.ts"
import { type HoldOptions, HoldStream } from "./hold-stream.ts"
import type { LocalSession, SessionEnd } from "./local-session.ts"

/** The open streams of holds, by session and number: each hears what the cluster says of its place. */
export class HoldDesk {
  readonly #streams: Map<SessionId, Map<number, HoldStream>> = new Map()

  get grants(): number {
    let grants = 0
    for (const streams of this.#streams.values()) {
      for (const { token } of streams.values()) if (token !== undefined) grants++
    }
    return grants
  }

  /** A hold that is asked for again under its number takes the place of its older stream. */
  open(options: Omit<HoldOptions, "onOver">): HoldStream {
    const { session, command } = options
    const { seq } = command
    this.#streams.get(session.id)?.get(seq)?.resumedElsewhere()
    const stream: HoldStream = new HoldStream({ onOver: () => this.#drop(session.id, seq, stream), ...options })
    const ofSession = this.#streams.get(session.id) ?? new Map<number, HoldStream>()
    this.#streams.set(session.id, ofSession)
    ofSession.set(seq, stream)
    stream.start()
    return stream
  }

  changed(rev: number, changes: readonly Change[], state: Pick<StateView, "session">): void {
    for (const [at, change] of changes.entries()) {
      if (change.kind === "item") this.#itemChanged(change)
      if (change.kind !== "hold" || isPassing(change, changes[at + 1])) continue
      const hold = change.after ?? change.before
      if (hold === undefined) continue
      const stream = this.#streams.get(hold.session)?.get(hold.seq)
      if (stream?.speaksOf(rev) !== true) continue
      stream.changed(rev, { ...change, hold: change.after, session: state.session(hold.session) })
    }
  }

  /** What the new state lacks has ended meanwhile: each asks what became of it. */
  replaced(state: StateView): void {
    for (const [session, streams] of [...this.#streams]) {
      const holds = new Map(state.holdsOf(session).map((hold) => [hold.seq, hold]))
      for (const [seq, stream] of [...streams]) {
        const hold = holds.get(seq)
        if (!stream.speaksOf(state.rev)) continue
        if (hold === undefined) stream.askAgain()
        else {
          stream.changed(state.rev, { hold, end: undefined, session: state.session(session) })
          stream.allItems(state)
        }
      }
    }
  }

  sessionOver(session: LocalSession, cause: SessionEnd): void {
    for (const stream of [...(this.#streams.get(session.id)?.values() ?? [])]) stream.sessionOver(cause)
  }

  /** It will not be granted here: its application is told so, and whoever says so ends it in the log. */
  waitsInVain(session: SessionId, seq: number): void {
    const stream = this.#streams.get(session)?.get(seq)
    if (stream !== undefined && stream.token === undefined) stream.sessionOver("left")
  }

  /** The request of the hold that is granted under this token in this session. */
  holding(session: SessionId, token: number): Acquire | undefined {
    for (const stream of this.#streams.get(session)?.values() ?? []) if (stream.token === token) return stream.command
    return undefined
  }

  /** Of interest to the worker that has it, and to the one that had it. */
  #itemChanged(change: Extract<Change, { kind: "item" }>): void {
    const [before, after] = [change.before?.owner, change.after?.owner]
    const isSame = before?.session === after?.session && before?.seq === after?.seq
    for (const owner of isSame ? [after] : [before, after]) {
      if (owner !== undefined) this.#streams.get(owner.session)?.get(owner.seq)?.itemChanged(change)
    }
  }

  #drop(session: SessionId, seq: number, stream: HoldStream): void {
    const streams = this.#streams.get(session)
    if (streams?.get(seq) !== stream) return
    streams.delete(seq)
    if (streams.size === 0) this.#streams.delete(session)
  }
}

/** What the next change of the same entry begins with never was: most locks stand in a queue no longer than that. */
function isPassing({ after }: Extract<Change, { kind: "hold" }>, next: Change | undefined): boolean {
  return after !== undefined && next?.kind === "hold" && next.before === after
}
