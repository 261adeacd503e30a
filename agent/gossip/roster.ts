import type { Addr, NodeId } from "@conclave/base"
import type { Member } from "@conclave/swim"
import type { MemberChanged, NameConflict } from "../api/view.ts"
import type { MemberFile } from "./member-file.ts"
import { MemberIndex } from "./member-index.ts"
import type { MemberLog } from "./member-log.ts"

/** What this agent keeps of the members beside the core: who has which name, who is remembered on disk, who listens. */
export class Roster {
  readonly #self: NodeId
  readonly #log: MemberLog
  readonly #index: MemberIndex = new MemberIndex()
  readonly #memberListeners: Set<(change: MemberChanged, version: number) => void> = new Set()
  readonly #conflictListeners: Set<(conflict: NameConflict) => void> = new Set()
  #file: MemberFile | undefined
  #version = 1
  #isLeaving = false

  constructor(self: NodeId, log: MemberLog) {
    this.#self = self
    this.#log = log
  }

  /** Grows with each change; starts at 1. */
  get version(): number {
    return this.#version
  }

  /** Begins with the own row; from now on members are remembered in `file`. */
  open(self: Member | undefined, file: MemberFile): void {
    this.#index.changed(undefined, self)
    this.#file = file
  }

  /** What is still heard of others is not for the next life. */
  stopRemembering(): void {
    this.#isLeaving = true
  }

  /** The living member of that name, else the one that was last. */
  byName(name: string): NodeId | undefined {
    return this.#index.byName(name)
  }

  byAddr(addr: Addr): NodeId | undefined {
    return this.#index.byAddr(addr)
  }

  isHome(host: string): boolean {
    return this.#index.isHome(host)
  }

  /** Calls `on` after each change with the version that it made; the result ends it. */
  onChanged(on: (change: MemberChanged, version: number) => void): () => void {
    this.#memberListeners.add(on)
    return () => this.#memberListeners.delete(on)
  }

  onConflict(on: (conflict: NameConflict) => void): () => void {
    this.#conflictListeners.add(on)
    return () => this.#conflictListeners.delete(on)
  }

  changed(change: MemberChanged): void {
    this.#version++
    const { before, after } = change
    this.#index.changed(before, after)
    if (after !== undefined) this.#remember(before, after)
    else if (before !== undefined) this.#file?.forget(before.id)
    this.#log.changed(change)
    for (const listener of this.#memberListeners) listener(change, this.#version)
  }

  conflict(conflict: NameConflict): void {
    this.#log.conflict(conflict)
    for (const listener of this.#conflictListeners) listener(conflict)
  }

  #remember(before: Member | undefined, after: Member): void {
    if (after.id === this.#self || this.#isLeaving) return
    const { name, addr } = after.record
    if (after.state === "left") this.#file?.forget(after.id)
    else if (
      before === undefined ||
      before.state === "left" ||
      before.record.addr !== addr ||
      before.record.name !== name
    ) {
      this.#file?.remember({ id: after.id, name, addr })
    }
  }
}
