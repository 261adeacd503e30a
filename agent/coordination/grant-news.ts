import type { Millis } from "@conclave/base"
import { type Change, type Hold, lossOf, type PastGrant, type Session, type SessionId } from "@conclave/consensus"
import type { LossReason } from "../api/hold-objects.ts"
import type { JournalNote } from "../api/objects.ts"
import type { Alarm, Clock } from "../ports.ts"
import type { Cluster, StateView } from "./cluster.ts"
import { classOf, type GrantClass, type GrantCounts, type Standing } from "./grant-counts.ts"
import { askedBy, type GrantStep, isSameWish, noteOf } from "./grant-note.ts"
import { ItemGrants } from "./item-grants.ts"

/** One try to read the state as it is, and the pause before the next. */
const READ_MS = 5000
const READ_AGAIN_MS = 1000

export interface GrantNewsOptions {
  readonly cluster: Cluster
  readonly clock: Clock
  readonly tell: (note: JournalNote) => void
  readonly counts?: GrantCounts
}

/** A session of this host, and its holds by their numbers. */
interface Known {
  session: Session
  readonly holds: Map<number, Hold>
}

/**
 * What becomes of this host's sessions and grants, for its journal: each step once, by the revision that made it, and
 * where the state was replaced what differs. A replica that starts applies again what was told in an earlier life; so
 * sessions of earlier lives are told of only from the first state on that is as new as this life.
 */
export class GrantNews {
  readonly #options: GrantNewsOptions
  readonly #known: Map<SessionId, Known> = new Map()
  readonly #items: ItemGrants
  readonly #again: Alarm
  readonly #unlisten: () => void
  /** The last revision that was looked at. */
  #rev = 0
  #hasAsked = false
  #isFresh = false

  constructor(options: GrantNewsOptions) {
    this.#options = options
    const { cluster, clock, counts } = options
    counts?.follow(() => this.#standing())
    this.#items = new ItemGrants((session, step) => this.#tell(session, step))
    this.#again = clock.alarm(() => this.#ask())
    this.#unlisten = cluster.listen({
      changed: (rev, changes, state) => {
        this.#begin()
        this.#changed(rev, changes, state)
      },
      replaced: (state) => {
        this.#begin()
        this.#replaced(state)
      },
    })
    const local = cluster.local()
    if (local === undefined) return
    this.#replaced(local.state)
    this.#begin()
  }

  stop(): void {
    this.#again.clear()
    this.#unlisten()
  }

  /** Not before there is a state here: on a host that shares nothing nobody asks for it. */
  #begin(): void {
    if (this.#hasAsked) return
    this.#hasAsked = true
    this.#options.clock.afterTurn(() => this.#ask())
  }

  #ask(): void {
    const { cluster, clock } = this.#options
    cluster.read((clock.now() + READ_MS) as Millis, (read) => {
      if (read.kind !== "read") return this.#again.set((clock.now() + READ_AGAIN_MS) as Millis)
      this.#replaced(read.state)
      this.#isFresh = true
    })
  }

  #changed(rev: number, changes: readonly Change[], state: StateView): void {
    if (rev <= this.#rev) return
    this.#rev = rev
    for (const change of changes) {
      if (change.kind === "session") this.#sessionChanged(change, state)
      else if (change.kind === "hold") this.#holdChanged(change, state)
      else if (change.kind === "item") this.#items.changed(change, state.timeMs, (id) => this.#known.get(id)?.session)
    }
  }

  #sessionChanged({ before, after, end }: Extract<Change, { kind: "session" }>, state: StateView): void {
    const id = (after ?? before)?.id
    const known = id === undefined ? undefined : this.#known.get(id)
    if (after?.host === this.#options.cluster.host) {
      if (known !== undefined) known.session = after
      else this.#came(after, before === undefined ? [] : state.holdsOf(after.id), state)
    } else if (known !== undefined) {
      const reason = after !== undefined ? "transferred" : end === undefined ? "session-lost" : lossOf(end)
      this.#went(known, reason, end === "revoked" ? askedBy(before?.revoking) : undefined)
    }
  }

  #holdChanged({ before, after, end }: Extract<Change, { kind: "hold" }>, state: StateView): void {
    const hold = after ?? before
    const known = hold === undefined ? undefined : this.#known.get(hold.session)
    if (hold === undefined || known === undefined) return
    if (after !== undefined) return this.#hold(known, before, after)
    known.holds.delete(hold.seq)
    if (hold.token !== undefined)
      this.#over(known, hold, {
        end,
        revoked: end === "revoked" ? pastOf(hold, state)?.revoked : undefined,
        nowMs: state.timeMs,
      })
  }

  /** Compares: what happened in between is told as far as the state remembers it. */
  #replaced(state: StateView): void {
    if (state.rev < this.#rev) return
    this.#rev = state.rev
    const own = new Set(state.sessionsOf(this.#options.cluster.host))
    for (const known of [...this.#known.values()]) {
      this.#compareHolds(known, state)
      if (own.has(known.session.id)) continue
      const cause = state.endOf(known.session.id)
      const isElsewhere = state.session(known.session.id) !== undefined
      this.#went(known, isElsewhere ? "transferred" : cause === undefined ? "session-lost" : lossOf(cause))
    }
    for (const id of own) {
      const session = state.session(id)
      if (session === undefined) continue
      if (!this.#known.has(id)) this.#came(session, [], state)
      const known = this.#known.get(id)
      if (known === undefined) continue
      known.session = session
      for (const hold of state.holdsOf(id)) {
        this.#hold(known, known.holds.get(hold.seq), hold)
        if (hold.kind === "work") this.#items.compare(session, hold, state)
      }
    }
  }

  #compareHolds(known: Known, state: StateView): void {
    for (const hold of [...known.holds.values()]) {
      const now = state.hold(hold.session, hold.seq)
      if (now !== undefined) continue
      known.holds.delete(hold.seq)
      const past = pastOf(hold, state)
      const { reason: end, revoked, untilMs: nowMs = state.timeMs } = past ?? {}
      if (hold.token !== undefined) this.#over(known, hold, { end, revoked, nowMs })
    }
  }

  /** `holds` are those that it brings along from another host. */
  #came(session: Session, holds: readonly Hold[], state: StateView): void {
    this.#known.set(session.id, { session, holds: new Map(holds.map((hold) => [hold.seq, hold])) })
    for (const hold of holds) if (hold.kind === "work") this.#items.bring(hold, state)
    this.#tell(session, { kind: "session.open", name: session.id, token: undefined, reason: undefined })
  }

  #went({ session, holds }: Known, reason: LossReason, revoked?: GrantStep["revoked"]): void {
    this.#known.delete(session.id)
    for (const hold of holds.values()) this.#items.forget(hold)
    this.#tell(session, { kind: "session.lost", name: session.id, token: undefined, reason, revoked })
  }

  #hold(known: Known, before: Hold | undefined, after: Hold): void {
    known.holds.set(after.seq, after)
    if (after.token === undefined) return
    const spent = { waitMs: after.grantedAtMs - after.queuedAtMs }
    if (before?.token === undefined) this.#tellNames(known, after, { what: "granted", reason: undefined, spent })
    const { revoking } = after
    if (revoking !== undefined && !isSameWish(revoking, before?.revoking)) {
      const { reason } = revoking
      this.#tellNames(known, after, { what: "revoking", reason, revoked: askedBy(revoking) })
    }
  }

  #over(known: Known, hold: Hold, ending: Ending): void {
    const { end, revoked, nowMs } = ending
    // Over plain HTTP the end of the request is how a grant is given back.
    const isGivenBack = end === "released" || (end === "closed" && known.session.liveness === "connection")
    // What a worker still has goes with it.
    if (hold.kind === "work") this.#items.ended(known.session, hold, { ...ending, isGivenBack })
    const letGo = hold.askedAtMs === undefined ? {} : { letGoMs: nowMs - hold.askedAtMs }
    const spent = { holdMs: nowMs - hold.grantedAtMs, ...letGo }
    if (isGivenBack) this.#tellNames(known, hold, { what: "released", reason: undefined, spent })
    else this.#tellNames(known, hold, { what: "lost", reason: end ?? "session-lost", revoked, spent })
  }

  #tellNames({ session }: Known, hold: Hold, about: About): void {
    const { what, reason, revoked, spent } = about
    const kind = `${hold.kind}.${what}`
    for (const [index, name] of hold.names.entries())
      this.#tell(session, { kind, name, token: hold.token, reason, revoked, spent: index === 0 ? spent : undefined })
  }

  /** What the sessions of this host hold and wait for now. */
  #standing(): ReadonlyMap<GrantClass, Standing> {
    const all = new Map<GrantClass, Standing>([["work", { held: this.#items.size, waiting: 0 }]])
    for (const { holds } of this.#known.values()) {
      for (const { kind, token } of holds.values()) {
        const of = classOf(kind, undefined)
        if (of === undefined) continue
        const { held, waiting } = all.get(of) ?? { held: 0, waiting: 0 }
        all.set(of, token === undefined ? { held, waiting: waiting + 1 } : { held: held + 1, waiting })
      }
    }
    return all
  }

  #tell(session: Session, step: GrantStep): void {
    if (!this.#isFresh && session.boot < this.#options.cluster.boot()) return
    this.#options.tell(noteOf(session, step))
    this.#options.counts?.counted(step)
  }
}

interface Ending {
  readonly end: string | undefined
  readonly revoked: GrantStep["revoked"]
  readonly nowMs: number
}

type About = Pick<GrantStep, "reason" | "revoked" | "spent"> & { readonly what: string }

/** What its name remembers of it. */
function pastOf(hold: Hold, state: StateView): PastGrant | undefined {
  const { name } = state.name(hold.kind, hold.names[0] ?? "")
  return name?.history.find(({ token }) => token === hold.token)
}
