import type { NodeId } from "@conclave/base"
import type { Effect, JoinKeep } from "@conclave/swim"
import type { MemberChanged, NameConflict, Warning } from "../api/view.ts"
import type { Log } from "../ports.ts"
import { REMOVED } from "./swim-driver.ts"

/** The same failing address is logged again after this. */
const JOIN_LOG_SPACING_MS = 60_000
/** Addresses whose failures are spaced; beyond them all are said anew. */
const FAILURES_MAX = 256

/** What ends the life of two agents with one key. */
export const TWIN_HINT = "stop one of the two, and start it with an empty --data-dir and a --name of its own"

/**
 * Says in the log what became of members; the event keys are those of the journal. That this host itself was removed it
 * warns of until it is let in again.
 */
export class MemberLog {
  readonly #log: Log
  readonly #self: NodeId
  readonly #failures: Map<string, number> = new Map()
  /** Who says that this host was removed; undefined = nobody. */
  #removedBy: string | undefined

  constructor(log: Log, self: NodeId) {
    this.#log = log
    this.#self = self
  }

  changed(change: MemberChanged): void {
    const member = change.after ?? change.before
    if (member === undefined || (member.id === this.#self && change.change === "update")) return
    const { name, addr } = member.record
    const grave = change.change === "dead" || change.change === "suspect"
    const level = grave ? "warn" : change.change === "update" ? "debug" : "info"
    const by = member.accusers.map((accuser) => accuser.id)
    const fields = { member: name, id: member.id, addr, ...(grave ? { by } : {}) }
    this.#log.write(level, `member.${change.change}`, `${name} ${SAYING[change.change]}`, fields)
  }

  joined(effect: Extract<Effect, { kind: "joined" }>): void {
    this.#failures.clear()
    this.#removedBy = undefined
    this.#log.write("info", "join.done", `joined through ${effect.name}`, { member: effect.name, addr: effect.addr })
  }

  /**
   * A configured address that is silent is news; a member of the last life that is no more is none, and a call hears
   * itself.
   */
  joinFailed(effect: { readonly addr: string; readonly reason: string; readonly keep: JoinKeep }, nowMs: number): void {
    if (effect.reason === REMOVED) this.#removedBy ??= effect.addr
    const last = this.#failures.get(effect.addr)
    const isSpaced = last === undefined || nowMs - last >= JOIN_LOG_SPACING_MS
    const level = isSpaced && effect.keep === "always" ? "warn" : "debug"
    if (this.#failures.size >= FAILURES_MAX) this.#failures.clear()
    if (level === "warn") this.#failures.set(effect.addr, nowMs)
    const message = `cannot join through ${effect.addr}: ${effect.reason}; trying again`
    this.#log.write(level, "join.failed", message, { addr: effect.addr, reason: effect.reason })
  }

  /** The group says so of this host itself. */
  removedHere(): void {
    this.#removedBy ??= "the group"
    this.#log.write("error", "member.removed", REMOVED_TEXT, { hint: REMOVED_HINT })
  }

  get warnings(): readonly Warning[] {
    if (this.#removedBy === undefined) return []
    return [{ code: "removed", message: `${REMOVED_TEXT} (says ${this.#removedBy})`, hint: REMOVED_HINT }]
  }

  conflict(conflict: NameConflict): void {
    const { name, holder, challenger } = conflict
    const isTwin = holder.id === challenger.id
    const where = `${holder.addr} and ${challenger.addr}`
    const message = isTwin
      ? `two agents run with one key, that of ${holder.id}, at ${where}; its data directory was copied: ${TWIN_HINT}`
      : `two living members are called ${name}: ${holder.id} at ${holder.addr} and ${challenger.id} at ${challenger.addr}`
    const fields = { member: name, holder: holder.id, challenger: challenger.id, addr: challenger.addr }
    this.#log.write("error", "member.conflict", message, fields)
  }
}

const REMOVED_TEXT = "an operator has removed this host from the cluster, and no agent listens to it any more"
const REMOVED_HINT = "to let it in again start it with an empty data directory; else stop its agent"

const SAYING: Readonly<Record<MemberChanged["change"], string>> = {
  join: "joined",
  update: "changed its description",
  suspect: "is suspected",
  alive: "is alive again",
  dead: "is dead",
  left: "left",
  reap: "is forgotten",
  prune: "was removed",
}
