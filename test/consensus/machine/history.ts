import type { Command, HoldKind, KvWrite, LockMode, Machine, SessionId, Token } from "@conclave/consensus"
import fc from "fast-check"
import { acquireOf, CLUSTER, FOUNDED_WALL_MS, hostId, secretOf, sessionId } from "./stage.ts"

/**
 * What a log may hold: commands as clients, relays and agents bring them about, late and twice as well. `again`: the
 * command of so many steps ago instead. `isAimed`: its session is the one that has the token.
 */
export interface Step {
  readonly passMs: number
  readonly command: Command
  readonly again: number | undefined
  readonly isAimed: boolean
  readonly backup: Backup | undefined
}

/**
 * Before the command the state is saved, or lost and founded anew, or what was saved last is restored, with what may be
 * wrong about it.
 */
export type Backup =
  | { readonly kind: "save" }
  | { readonly kind: "lose" }
  | {
      readonly kind: "load"
      /** By how much the clock is ahead of the founder's; behind, the restore is refused. */
      readonly wallMs: number
      /** How many parts the entry speaks of beyond those that there are. */
      readonly partsOff: number
      readonly isUnstaged: boolean
      readonly isTwice: boolean
    }

export const NAMES: readonly string[] = ["a", "b", "c"]
export const KEYS: readonly string[] = ["a", "a/b", "b"]
export const SESSIONS: readonly SessionId[] = [1, 2, 3, 4, 5].map(sessionId)

/** One time of so many. */
function seldom<T>(oneOf: number, arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> {
  return fc.oneof({ weight: oneOf - 1, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary })
}

const anySession = fc.constantFrom(...SESSIONS)
const anyHost = fc.constantFrom(1, 2, 3).map(hostId)
const anyBoot = fc.oneof({ weight: 20, arbitrary: fc.constant(1) }, { weight: 1, arbitrary: fc.constantFrom(2, 3) })
const anyAttachment = fc.integer({ min: 1, max: 3 })
const anySeq = fc.integer({ min: 1, max: 12 })
const anyFloor = fc.oneof(
  { weight: 4, arbitrary: fc.constant(0) },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 9 }) },
)
/** How many grants ago. */
const anyToken = fc.nat(5) as fc.Arbitrary<number> as fc.Arbitrary<Token>
const anyKind = fc.constantFrom<HoldKind>("lock", "election", "semaphore", "group", "barrier")
const anyTtl = fc.constantFrom(2000, 10_000, 10_000, 300_000, 300_000)
const anyRequest = { session: anySession, seq: anySeq, floor: anyFloor }

const anyOpen = fc
  .record({ session: anySession, host: anyHost, boot: anyBoot, attachment: anyAttachment, ttlMs: anyTtl })
  .map((each): Command => {
    const about = { liveness: "heartbeat", member: `m${each.session.charCodeAt(25) % 3}`, app: "app" } as const
    return { kind: "open", ...each, ...about, secretHash: secretOf(each.session), pid: undefined }
  })

const anyAttach = fc
  .record({ session: anySession, host: anyHost, boot: anyBoot, attachment: anyAttachment, isRight: fc.nat(9) })
  .map(({ isRight, ...each }): Command => {
    return { kind: "attach", ...each, secretHash: isRight > 0 ? secretOf(each.session) : new Uint8Array(32) }
  })

const anyAcquire = fc
  .record({
    ...anyRequest,
    hold: anyKind,
    names: fc.oneof(
      { weight: 2, arbitrary: fc.constantFrom(...NAMES).map((each) => [each]) },
      { weight: 1, arbitrary: fc.array(fc.constantFrom(...NAMES), { minLength: 1, maxLength: 3 }) },
    ),
    mode: fc.constantFrom<LockMode>("exclusive", "shared"),
    waitMs: fc.constantFrom(undefined, undefined, 0, 1000, 10_000),
    priority: fc.constantFrom(0, 0, 1, 2),
    maxHoldMs: fc.constantFrom(undefined, undefined, undefined, 3000),
    lockDelayMs: fc.constantFrom(0, 0, 5000),
    size: fc.constantFrom(0, 0, 0, 2, 2, 1, 4),
  })
  .map(({ session, seq, hold, names, mode, priority, size, ...rest }): Command => {
    const said = { ...rest, hold, names: ["a"], maxHoldMs: undefined }
    const value = `"${seq}"`
    const lockDelayMs = 0
    switch (hold) {
      case "lock":
        return acquireOf(session, seq, { ...rest, hold, names, mode })
      case "election":
        return acquireOf(session, seq, { ...said, priority, value })
      case "semaphore": {
        const { maxHoldMs } = rest
        return acquireOf(session, seq, { ...said, maxHoldMs, lockDelayMs, limit: 3 + (size % 2), weight: 1 + priority })
      }
      case "barrier":
        return acquireOf(session, seq, { ...said, lockDelayMs, limit: 2 + (size % 2) })
      default: {
        const id = size > 3 ? undefined : `w${size}`
        return acquireOf(session, seq, { ...said, lockDelayMs, id, value, ready: mode === "shared" })
      }
    }
  })

const anyHoldCommand: fc.Arbitrary<Command> = fc.oneof(
  fc.record({ kind: fc.constant("cancel" as const), ...anyRequest }),
  fc.record({ kind: fc.constant("release" as const), ...anyRequest, token: anyToken }),
  fc.record({
    kind: fc.constant("update" as const),
    ...anyRequest,
    token: anyToken,
    note: fc.constantFrom(undefined, "busy"),
    value: fc.constantFrom(undefined, "1"),
    ready: fc.constantFrom(undefined, undefined, false),
  }),
  fc.record({
    kind: fc.constant("transfer" as const),
    ...anyRequest,
    token: anyToken,
    to: fc.constantFrom(undefined, "m0", "m1"),
  }),
)

const anyHostCommand: fc.Arbitrary<Command> = fc.oneof(
  fc.array(fc.record({ host: anyHost, boot: anyBoot, attempt: fc.nat(9) }), { maxLength: 3 }).map((items) => ({
    kind: "renewHosts" as const,
    items,
  })),
  fc.constant({
    kind: "renewHosts" as const,
    items: [1, 2, 3].map((each) => ({ host: hostId(each), boot: 1, attempt: 1 })),
  }),
)

const anyEnd: fc.Arbitrary<Command> = fc.oneof(
  fc.record({ kind: fc.constant("detach" as const), session: anySession, boot: anyBoot, attachment: anyAttachment }),
  fc.record({
    kind: fc.constant("end" as const),
    session: anySession,
    of: fc.option(fc.record({ boot: anyBoot, attachment: anyAttachment }), { nil: undefined }),
    cause: fc.constantFrom("closed" as const, "exited" as const, "silent" as const),
    isGone: fc.boolean(),
  }),
  fc.record({ kind: fc.constant("endHost" as const), host: anyHost, boot: anyBoot, isGone: fc.boolean() }),
  fc.record({ kind: fc.constant("removeHost" as const), host: anyHost }),
)

const anyRare: fc.Arbitrary<Command> = fc.oneof(
  fc.record({
    kind: fc.constant("revoke" as const),
    what: fc.oneof(
      fc.record({ kind: fc.constant("session" as const), id: anySession }),
      fc.record({
        kind: anyKind,
        name: fc.constantFrom(...NAMES),
        token: fc.option(anyToken, { nil: undefined }),
      }),
    ),
    graceMs: fc.constantFrom(0, 1000, 5000),
    by: fc.constant("operator"),
    reason: fc.constant("because"),
  }),
  fc.record({
    kind: fc.constant("recover" as const),
    wallMs: fc.constantFrom(FOUNDED_WALL_MS - 1, FOUNDED_WALL_MS + 1),
    snapshotWallMs: fc.constant(0),
  }),
)

/** `ifRev`: of the entry as it is, or of none; `guard`: how many grants ago. */
const anyEntryWrite = {
  request: fc.option(fc.record(anyRequest), { nil: undefined }),
  key: fc.constantFrom(...KEYS),
  ifRev: fc.constantFrom(undefined, undefined, 0, 1, 7),
  guard: seldom(4, fc.record({ kind: anyKind, name: fc.constantFrom(...NAMES), token: anyToken })),
}
const anyWrite: fc.Arbitrary<Command> = fc.oneof(
  fc.record({ kind: fc.constant("kvPut" as const), ...anyEntryWrite, value: fc.constantFrom("1", '"é"', "[{}]") }),
  fc.record({ kind: fc.constant("kvDelete" as const), ...anyEntryWrite }),
  fc.record({
    kind: fc.constant("resize" as const),
    request: anyEntryWrite.request,
    name: fc.constant("a"),
    limit: fc.constantFrom(1, 2, 3, 4, 5),
  }),
)

export const anyCommand: fc.Arbitrary<Command> = fc.oneof(
  { weight: 5, arbitrary: anyOpen },
  { weight: 10, arbitrary: anyAcquire },
  { weight: 9, arbitrary: anyHoldCommand },
  { weight: 8, arbitrary: anyHostCommand },
  { weight: 2, arbitrary: anyAttach },
  { weight: 6, arbitrary: anyWrite },
  { weight: 1, arbitrary: anyEnd },
  { weight: 1, arbitrary: anyRare },
  { weight: 3, arbitrary: fc.constant({ kind: "tick" as const }) },
)

const anyPass = fc.oneof(
  { weight: 40, arbitrary: fc.constant(0) },
  { weight: 20, arbitrary: fc.constantFrom(1, 100, 250, 500) },
  { weight: 3, arbitrary: fc.constantFrom(1000, 2500, 3000, 5000) },
  { weight: 1, arbitrary: fc.constantFrom(7500, 10_000, 20_000, 30_000, 30_000, 61_000) },
)

/** Of one election, over minutes. */
const anyCampaign: fc.Arbitrary<Step> = fc.record({
  passMs: fc.constantFrom(0, 0, 5000, 15_000, 30_000),
  command: fc.oneof(
    fc
      .record({ ...anyRequest, priority: fc.nat(3) })
      .map(({ session, seq, priority }): Command => acquireOf(session, seq, { hold: "election", priority })),
    fc.record({ kind: fc.constant("cancel" as const), ...anyRequest, floor: fc.constant(0) }),
  ),
  again: fc.constant(undefined),
  isAimed: fc.constant(false),
  backup: fc.constant(undefined),
})

const anyBackup: fc.Arbitrary<Backup> = fc.oneof(
  fc.constant({ kind: "save" as const }),
  fc.constant({ kind: "lose" as const }),
  fc.record({
    kind: fc.constant("load" as const),
    wallMs: fc.constantFrom(-1, 0, 60_000, 60_000, 120_000),
    partsOff: fc.constantFrom(0, 0, 0, 1),
    isUnstaged: fc.nat(4).map((each) => each === 0),
    isTwice: fc.boolean(),
  }),
)

const anyStep: fc.Arbitrary<Step> = fc.record({
  passMs: anyPass,
  command: anyCommand,
  again: seldom(6, fc.nat(20)),
  isAimed: fc.nat(3).map((each) => each > 0),
  backup: seldom(12, anyBackup),
})

/** Founded, with three sessions. */
export const anyLog: fc.Arbitrary<readonly Step[]> = fc
  .oneof(
    { weight: 9, arbitrary: fc.array(anyStep, { minLength: 1, maxLength: 120, size: "max" }) },
    { weight: 1, arbitrary: fc.array(anyCampaign, { minLength: 1, maxLength: 40, size: "max" }) },
  )
  .map((steps) => [
    ...firstCommands().map((command) => ({
      passMs: 0,
      command,
      again: undefined,
      isAimed: false,
      backup: undefined,
    })),
    ...steps,
  ])

/** Founded, with three sessions. */
export function firstCommands(): readonly Command[] {
  return [founded(), ...SESSIONS.slice(0, 3).map(opened)]
}

function founded(): Command {
  return { kind: "found", clusterId: CLUSTER, wallMs: FOUNDED_WALL_MS }
}

function opened(session: SessionId, at: number): Command {
  const about = { liveness: "heartbeat", member: `m${at}`, app: "app", pid: undefined } as const
  const ids = { session, secretHash: secretOf(session), host: hostId(at + 1) }
  return { kind: "open", ...ids, boot: 1, attachment: 1, ttlMs: at === 0 ? 10_000 : 300_000, ...about }
}

/** What a sender sees of the state. */
export interface Sight {
  readonly lastToken: number
  /** The token of an election's leader. */
  readonly leader?: number | undefined
  /** The revision of an entry; 0 = there is none. */
  readonly modRevOf?: (key: string) => number
  holderOf(token: number): SessionId | undefined
  isLive(session: SessionId): boolean
}

/** The commands of a log as they are sent, given what became of those before. */
export class Sender {
  readonly #sent: Command[] = []
  /** A session that is over is opened anew under another id; most of what speaks for it speaks for the new one. */
  readonly #lives: Map<SessionId, number> = new Map()

  next(step: Step, sight: Sight): Command {
    const earlier = step.again === undefined ? undefined : this.#sent.at(-1 - step.again)
    const isRepeat = earlier !== undefined && earlier.kind !== "found"
    const command = isRepeat ? earlier : aim(this.#live(step.command, sight), step.isAimed, sight)
    this.#sent.push(command)
    return command
  }

  #live(command: Command, sight: Sight): Command {
    if (command.kind === "revoke" && command.what.kind === "session") {
      return { ...command, what: { kind: "session", id: this.#idOf(command.what.id) } }
    }
    if ("request" in command && command.request !== undefined) {
      return { ...command, request: { ...command.request, session: this.#idOf(command.request.session) } }
    }
    if (!("session" in command)) return command
    const lives = this.#lives.get(command.session) ?? 0
    const isOver = !sight.isLive(this.#idOf(command.session))
    if (isOver && command.kind === "open" && this.#sent.length > 4) this.#lives.set(command.session, lives + 1)
    const session = this.#idOf(command.session)
    if (command.kind === "open" || (command.kind === "attach" && command.secretHash[0] !== 0)) {
      return { ...command, session, secretHash: secretOf(session) }
    }
    return { ...command, session }
  }

  #idOf(slot: SessionId): SessionId {
    return sessionId(SESSIONS.indexOf(slot) + 1 + 10 * (this.#lives.get(slot) ?? 0))
  }
}

function aim(command: Command, isAimed: boolean, sight: Sight): Command {
  const { lastToken, leader, holderOf } = sight
  if (command.kind === "kvPut" || command.kind === "kvDelete") return aimed(command, isAimed, sight)
  if (command.kind === "revoke" && command.what.kind !== "session" && command.what.token !== undefined) {
    return { ...command, what: { ...command.what, token: (lastToken - command.what.token) as Token } }
  }
  if (command.kind !== "release" && command.kind !== "update" && command.kind !== "transfer") return command
  const aimedAt = command.kind === "transfer" && isAimed ? leader : undefined
  const token = (aimedAt ?? lastToken - command.token) as Token
  const session = isAimed ? (holderOf(token) ?? command.session) : command.session
  return { ...command, token, session, seq: isAimed ? command.seq + 10 : command.seq }
}

function aimed(command: KvWrite, isAimed: boolean, { lastToken, modRevOf }: Sight): Command {
  const guard = command.guard && { ...command.guard, token: (lastToken - command.guard.token) as Token }
  const ifRev = isAimed && command.ifRev !== undefined ? modRevOf?.(command.key) : command.ifRev
  return { ...command, guard, ifRev }
}

export function sightOf(machine: Machine): Sight {
  return {
    get lastToken(): number {
      return machine.lastToken
    },
    holderOf: (token) => {
      const all = [...machine.sessions()].flatMap(({ id }) => machine.holdsOf(id))
      return all.find((each) => each.token === token)?.session
    },
    isLive: (session) => machine.session(session) !== undefined,
  }
}
