import type { Millis } from "@conclave/base"
import type { Caller, Hello, SessionLink } from "../api/coordination.ts"
import { heartbeatMs } from "../api/heartbeat.ts"
import { invalid, isProblem, type Problem, problem } from "../api/problem.ts"
import type { FramedInput, FramedName, FramedOutput } from "../api/schema.ts"
import type { Clock, Processes } from "../ports.ts"
import type { Cluster } from "./cluster.ts"
import type { Elapsed } from "./elapsed.ts"
import type { LocalSession, SessionEnd, SessionOwner, Speaker } from "./local-session.ts"
import { UNRESOLVED } from "./process-proof.ts"
import { sessionLost, unknownOutcome } from "./refusals.ts"
import { see, seeing } from "./seen.ts"
import type { SessionBook } from "./session-book.ts"

export interface LinkOptions {
  readonly hello: Hello
  readonly book: SessionBook
  readonly cluster: Cluster
  readonly clock: Clock
  readonly elapsed: Elapsed
  readonly processes: Processes
  readonly ttlMs: number
}

type Done<Name extends FramedName> = (result: FramedOutput<Name> | Problem) => void

/** The session of one framed connection: at most one in its life. */
export class FramedLink implements SessionLink, SessionOwner {
  readonly #options: LinkOptions
  #session: LocalSession | undefined
  #isAsked = false
  #isClosed = false
  #lost: SessionEnd | undefined

  constructor(options: LinkOptions) {
    this.#options = options
  }

  /** The live session, or why there is none. */
  get session(): LocalSession | Problem {
    if (this.#lost !== undefined) return sessionLost(this.#lost)
    return this.#session ?? invalid("session", "there is no session on this connection: session.open makes one")
  }

  /** Whose request on this connection it is, and its number in the session. */
  request({ seq, floor }: Pick<Caller, "seq" | "floor">): Speaker | Problem {
    const { session } = this
    if (isProblem(session)) return session
    return seq === undefined
      ? invalid("seq", "a write in a session has a seq, a whole number from 1")
      : { session, seq, floor }
  }

  readonly answer = <Name extends FramedName>(
    op: Name,
    input: FramedInput<Name>,
    caller: Caller,
    done: Done<Name>,
  ): void => {
    const handle = this.#handlers[op] as (input: FramedInput<Name>, caller: Caller, done: Done<Name>) => void
    handle(input, caller, seeing(caller.seen, done))
  }

  readonly close = (): void => {
    this.#isClosed = true
    if (this.#session !== undefined) this.#options.book.abandon(this.#session, this)
  }

  sessionOver(cause: SessionEnd): void {
    this.#lost = cause
  }

  readonly #handlers: {
    readonly [Name in FramedName]: (input: FramedInput<Name>, caller: Caller, done: Done<Name>) => void
  } = {
    "session.open": (input, caller, done) => this.#open(input, caller, done),
    "session.attach": (input, caller, done) => this.#attach(input, caller, done),
    "session.bind": (input, _caller, done) => this.#bind(input, done),
    "session.unbind": (input, _caller, done) => this.#unbind(input, done),
    "session.close": (_input, caller, done) => this.#end(caller, done),
    heartbeat: (_input, { seen }, done) => {
      const { session } = this
      if (isProblem(session)) return done(session)
      see(seen, this.#options.cluster.local()?.state.rev ?? 0)
      done({ validForMs: this.#options.book.promise(session), rev: String(seen.rev) })
    },
  }

  #open(input: FramedInput<"session.open">, caller: Caller, done: Done<"session.open">): void {
    const refusal = this.#claim()
    if (refusal !== undefined) return done(refusal)
    const { book, clock, elapsed, hello, ttlMs } = this.#options
    const askedMs = elapsed.now()
    const app = clipped(input.label ?? hello.app)
    const request = {
      ttlMs: input.ttlMs ?? ttlMs,
      liveness: "heartbeat",
      app,
      pid: hello.process?.pid,
      processes: [undefined],
      owner: this,
    } as const
    book.open(request, (clock.now() + caller.timeoutMs) as Millis, (opened) => {
      if (isProblem(opened)) return this.#failed(opened, done)
      const { session, secret } = opened
      this.#begin(session)
      if (this.#isClosed) return book.close(session, "closed", () => {})
      done({ id: session.id, secret, ...this.#promised(session, askedMs) })
    })
  }

  #attach(input: FramedInput<"session.attach">, caller: Caller, done: Done<"session.attach">): void {
    const refusal = this.#claim()
    if (refusal !== undefined) return done(refusal)
    const { book, clock, elapsed } = this.#options
    const askedMs = elapsed.now()
    const claim = { ...input, processes: [undefined], owner: this }
    book.attach(claim, (clock.now() + caller.timeoutMs) as Millis, (session) => {
      if (isProblem(session)) return this.#failed(session, done)
      this.#begin(session)
      if (this.#isClosed) return book.abandon(session, this)
      // Whatever the session was told on other connections came before the revision that is told here.
      done(this.#promised(session, askedMs))
    })
  }

  #promised(session: LocalSession, askedMs: number): FramedOutput<"session.attach"> {
    const { book, ttlMs } = this.#options
    const beatMs = heartbeatMs(ttlMs, session.ttlMs)
    return { validForMs: book.promise(session, askedMs), heartbeatMs: beatMs, rev: String(session.rev) }
  }

  #claim(): Problem | undefined {
    if (this.#isAsked) return invalid("op", "a connection has one session")
    this.#isAsked = true
    return undefined
  }

  /** What did not come to be may be asked for again. */
  #failed(refusal: Problem, done: (refusal: Problem) => void): void {
    this.#isAsked = false
    done(refusal)
  }

  #begin(session: LocalSession): void {
    this.#session = session
    const { hello, processes } = this.#options
    if (hello.process === undefined) return
    session.processes = [UNRESOLVED]
    processes.find(hello.process, (found) => {
      session.processes = [found]
    })
  }

  /** The end is insisted upon for as long as it takes; how long it is waited for says the caller. */
  #end({ timeoutMs }: Caller, done: Done<"session.close">): void {
    const { session } = this
    const { book, clock } = this.#options
    if (isProblem(session)) {
      // To a host that leaves this says that nobody believes in it any more; other processes cannot be spoken for.
      if (this.#session?.groups.size === 0) book.part(this.#session, () => {})
      return done(session)
    }
    let isLate = false
    const late = clock.alarm(() => {
      isLate = true
      done(unknownOutcome("session.close"))
    })
    late.set((clock.now() + timeoutMs) as Millis)
    book.close(session, "closed", (rev) => {
      if (isLate) return
      late.clear()
      done(typeof rev === "number" ? { rev: String(rev) } : rev)
    })
  }

  #bind({ processGroup }: FramedInput<"session.bind">, done: Done<"session.bind">): void {
    const { session } = this
    if (isProblem(session)) return done(session)
    const { hello, processes } = this.#options
    const { groups } = session
    if (!groups.has(processGroup) && groups.size >= GROUPS_MAX) {
      const message = `a session names at most ${GROUPS_MAX} process groups`
      return done(problem("RESOURCE_EXHAUSTED", message, { details: { limit: GROUPS_MAX } }))
    }
    // It acts for the session from here on, also while it is being looked for.
    groups.set(processGroup, hello.process === undefined ? undefined : UNRESOLVED)
    if (hello.process === undefined) return done({})
    processes.findGroup(processGroup, hello.process, (found) => {
      // It may have ended in the meantime, and be named no more.
      if (groups.has(processGroup)) groups.set(processGroup, found)
      done({})
    })
  }

  #unbind({ processGroup }: FramedInput<"session.unbind">, done: Done<"session.unbind">): void {
    const { session } = this
    if (isProblem(session)) return done(session)
    session.groups.delete(processGroup)
    done({})
  }
}

/** Process groups of one session. */
const GROUPS_MAX = 64
/** Bytes of a name that the cluster keeps for people. */
const APP_BYTES_MAX = 255
const UTF8 = new TextEncoder()

function clipped(app: string): string {
  let text = app
  while (UTF8.encode(text).length > APP_BYTES_MAX) text = [...text].slice(0, -1).join("")
  return text
}
