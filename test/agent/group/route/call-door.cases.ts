import type { NodeId } from "@conclave/base"
import { type Command, encodeCommand, type SessionId } from "@conclave/consensus"
import { CallDoor, type Verdict } from "conclave/group/route/call-door"
import { subjectOf } from "conclave/group/route/command-subject"
import { test } from "tap"
import { memberId } from "../../fake-view.ts"

const [OWN, OTHER, RELAY] = [memberId("own"), memberId("other"), memberId("relay")]
const [MINE, THEIRS, OVER] = ["mine", "theirs", "over"].map(memberId) as unknown as [SessionId, SessionId, SessionId]
const ANY = { boot: 1, attachment: 1 }
const HASH = new Uint8Array(32)
const UNTIL_MS = 700

interface State {
  readonly rev: number
  readonly session: (id: SessionId) => { readonly host: NodeId } | undefined
}

function stateOf(hosts: Readonly<Record<string, NodeId>>): State {
  return {
    rev: 9,
    session: (id) => {
      const host = hosts[id]
      return host === undefined ? undefined : { host }
    },
  }
}

const NOW = stateOf({ [MINE]: OWN, [THEIRS]: OTHER })

class Stage {
  seats: readonly NodeId[] = [RELAY]
  local: State | undefined = NOW
  readonly reads: ((state: State | undefined) => void)[] = []
  readonly door: CallDoor = new CallDoor({
    hasSeat: (host) => this.seats.includes(host),
    local: () => this.local,
    read: (untilMs, done) => {
      if (untilMs !== UNTIL_MS) throw new Error("it is read by the deadline of the call")
      this.reads.push(done)
    },
  })

  /** What becomes of it where the state of now is read. */
  judge(from: NodeId, command: Command): Verdict[] {
    const verdicts: Verdict[] = []
    this.door.judge({ from, data: encodeCommand(command), untilMs: UNTIL_MS }, (verdict) => verdicts.push(verdict))
    return verdicts
  }

  judgeWith(from: NodeId, command: Command): Verdict | undefined {
    const verdicts = this.judge(from, command)
    for (const done of this.reads.splice(0)) done(NOW)
    return verdicts[0]
  }
}

function ofHost(host: NodeId): readonly Command[] {
  const open = { secretHash: HASH, host, ttlMs: 10_000, liveness: "heartbeat", member: "m", app: "a", pid: undefined }
  return [
    { kind: "renewHosts", items: [{ host, boot: 1, attempt: 1 }] },
    { kind: "open", session: MINE, ...ANY, ...open } as Command,
    // The session may be another's until then.
    { kind: "attach", session: THEIRS, ...ANY, secretHash: HASH, host },
    { kind: "endHost", host, boot: 1, isGone: false },
  ]
}

function ofSession(session: SessionId): readonly Command[] {
  const request = { session, seq: 1, floor: 0 }
  const entry = { key: "k", ifRev: undefined, guard: undefined }
  const item = { pool: "p", item: "i" }
  return [
    { kind: "detach", session, ...ANY },
    { kind: "end", session, of: ANY, cause: "closed", isGone: false },
    { kind: "end", session, of: undefined, cause: "exited", isGone: true },
    acquire(session),
    { kind: "cancel", ...request },
    { kind: "release", ...request, token: 5 } as Command,
    { kind: "update", ...request, token: 5, note: "n", value: undefined, ready: undefined } as Command,
    { kind: "transfer", ...request, token: 5, to: undefined } as Command,
    { kind: "kvPut", request, value: "1", ...entry },
    { kind: "kvDelete", request, ...entry },
    { kind: "resize", request, name: "s", limit: 2 },
    { kind: "workRemove", request, ...item },
    { kind: "workRetry", request, ...item },
    { kind: "workSettle", request, ...item, token: 5, result: "done", message: undefined } as Command,
    { kind: "workCheckpoint", request, ...item, token: 5, value: "1" } as Command,
  ]
}

function acquire(session: SessionId): Command {
  const terms = { mode: "exclusive", waitMs: 0, priority: 0, maxHoldMs: undefined, lockDelayMs: 0, note: undefined }
  const lacks = { value: undefined, limit: undefined, weight: undefined, id: undefined, ready: undefined }
  const command = { kind: "acquire", session, seq: 1, floor: 0, hold: "lock", names: ["x"], ...terms, ...lacks }
  return { ...command, worker: undefined } as Command
}

const OF_OPERATORS: readonly Command[] = [
  { kind: "removeHost", host: OTHER },
  {
    ...{ kind: "revoke", what: { kind: "session", id: THEIRS } },
    ...{ graceMs: 0, by: "ops", reason: "why" },
  },
  { kind: "kvPut", request: undefined, key: "k", value: "1", ifRev: undefined, guard: undefined },
  { kind: "workRemove", request: undefined, pool: "p", item: "i" },
  { kind: "unstage", restore: memberId("r") as string } as Command,
]

test("a host speaks for itself and for no other", (t) => {
  const stage = new Stage()
  for (const command of ofHost(OWN)) t.equal(stage.judgeWith(OWN, command), "admitted", command.kind)
  for (const command of ofHost(OTHER)) t.equal(stage.judgeWith(OWN, command), "elsewhere", command.kind)
  const items = [OWN, OTHER].map((host) => ({ host, boot: 1, attempt: 1 }))
  t.equal(stage.judgeWith(OWN, { kind: "renewHosts", items }), "elsewhere", "not beside its own either")
  t.end()
})

test("a host speaks for the sessions that are attached to it; of those that nobody has the state decides", (t) => {
  const stage = new Stage()
  const [mine, theirs, over] = [MINE, THEIRS, OVER].map(ofSession)
  for (const command of mine ?? []) {
    t.same(stage.judge(OWN, command), ["admitted"], `${command.kind}: at once`)
  }
  t.equal(stage.reads.length, 0)
  const refused = { kind: "refused", refusal: { kind: "outdated" }, rev: 9 }
  for (const command of theirs ?? []) t.same(stage.judgeWith(OWN, command), refused, command.kind)
  for (const command of over ?? []) t.equal(stage.judgeWith(OWN, command), "admitted", command.kind)
  t.end()
})

test("operators are judged at the sockets of their hosts, and what only leaders say where it would be proposed", (t) => {
  const stage = new Stage()
  for (const command of [...OF_OPERATORS, { kind: "tick" } as const]) {
    t.same(stage.judge(OWN, command), ["admitted"], command.kind)
  }
  t.same(subjectOf({ kind: "tick" }), { kind: "leader" })
  t.end()
})

test("a host with a seat speaks for those whose commands it passes on", (t) => {
  const stage = new Stage()
  const those = [...ofHost(OTHER), ...[MINE, THEIRS, OVER].flatMap(ofSession), ...OF_OPERATORS]
  for (const command of those) t.same(stage.judge(RELAY, command), ["admitted"], command.kind)
  t.ok(stage.door.speaksFor(RELAY, OTHER))
  t.notOk(stage.door.speaksFor(OWN, OTHER))
  stage.seats = [OTHER]
  t.notOk(stage.door.hasSeat(RELAY))
  for (const command of ofHost(OTHER)) t.equal(stage.judgeWith(RELAY, command), "elsewhere", command.kind)
  t.end()
})

test("what is applied here may be old: nobody is refused, and no unknown session let pass, by that alone", (t) => {
  const stage = new Stage()
  const [, end] = ofSession(MINE) as [Command, Command]
  for (const local of [undefined, stateOf({}), stateOf({ [MINE]: OTHER })]) {
    stage.local = local
    const verdicts = stage.judge(OWN, end)
    t.same(verdicts, [], "it is read first")
    stage.reads.pop()?.(NOW)
    t.same(verdicts, ["admitted"])
  }
  stage.local = stateOf({})
  t.match(stage.judgeWith(OTHER, end), { refusal: { kind: "outdated" } }, "it was opened meanwhile")
  const verdicts = stage.judge(OTHER, end)
  stage.reads.pop()?.(undefined)
  t.same(verdicts, ["elsewhere"], "where nothing can be read nothing is refused for good")
  const seated = stage.judge(OTHER, end)
  stage.seats = [OTHER]
  stage.reads.pop()?.(NOW)
  t.same(seated, ["admitted"], "it has a seat of which this host had not heard")
  t.end()
})

test("what cannot be read here is for another host to read", (t) => {
  const stage = new Stage()
  const verdicts: Verdict[] = []
  const data = Uint8Array.of(250, 250, 1, 0)
  stage.door.judge({ from: OWN, data, untilMs: UNTIL_MS }, (verdict) => verdicts.push(verdict))
  t.same(verdicts, ["elsewhere"])
  t.end()
})
