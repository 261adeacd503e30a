import type { Millis } from "@conclave/base"
import { Elapsed } from "conclave/coordination/elapsed"
import { HostLease } from "conclave/coordination/host-lease"
import type { LocalSession, SessionEnd, SessionOwner } from "conclave/coordination/local-session"
import { SessionBook } from "conclave/coordination/session-book"
import type { FoundProcess } from "conclave/ports"
import { FakeClock } from "../fake-clock.ts"
import { fakeSecrets, LoneCluster } from "./lone-cluster.ts"

/** An application's connection that remembers why its session ended. */
export class Owner implements SessionOwner {
  over: SessionEnd | undefined
  sessionOver(cause: SessionEnd): void {
    this.over = cause
  }
}

/** Sessions before the real state machine, in time that a test moves. */
export class BookStage {
  readonly clock: FakeClock = new FakeClock()
  readonly cluster: LoneCluster = new LoneCluster(this.clock)
  readonly elapsed: Elapsed = new Elapsed(this.clock)
  readonly lease: HostLease = new HostLease(this.cluster, this.clock, this.elapsed)
  readonly ended: (readonly [string, SessionEnd])[] = []
  readonly #secrets: ReturnType<typeof fakeSecrets> = fakeSecrets()
  readonly book: SessionBook = this.nextLife()

  /** The agent begins anew, with the boot number that it had. */
  nextLife(): SessionBook {
    const book = new SessionBook({
      cluster: this.cluster,
      clock: this.clock,
      elapsed: this.elapsed,
      lease: this.lease,
      secrets: this.#secrets,
      member: () => "a",
      ttlMs: 10_000,
      onOver: (session, cause) => this.ended.push([session.id, cause]),
    })
    this.cluster.listen({
      changed: (_rev, changes) => book.changed(changes),
      replaced: (state) => book.replaced(state),
    })
    return book
  }

  get deadline(): Millis {
    return (this.clock.now() + 5000) as Millis
  }

  /** Small steps, as time passes. */
  pass(ms: number): void {
    for (let passed = 0; passed < ms; passed += 10) this.clock.advance(10)
  }

  open(
    more: {
      readonly ttlMs?: number
      readonly owner?: Owner
      readonly processes?: readonly (FoundProcess | undefined)[]
      readonly liveness?: LocalSession["liveness"]
    } = {},
  ): { readonly session: LocalSession; readonly secret: string } {
    const { ttlMs = 10_000, owner = new Owner(), processes = [undefined], liveness = "heartbeat" } = more
    let made: { readonly session: LocalSession; readonly secret: string } | undefined
    this.book.open({ ttlMs, liveness, app: "app", pid: 7, processes, owner }, this.deadline, (opened) => {
      if ("session" in opened) made = opened
    })
    if (made === undefined) throw new Error("no session was opened")
    this.book.promise(made.session)
    return made
  }

  state(id: string): string {
    const session = this.cluster.machine.session(id as LocalSession["id"])
    return session === undefined ? "over" : session.detachedUntilMs === undefined ? "attached" : "detached"
  }
}
