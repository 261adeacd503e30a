import type { OpSchema } from "conclave/api/op-schema"
import { HANDLERS, STREAMS } from "conclave/api/ops"
import { ADMIN } from "conclave/api/principal"
import { isProblem } from "conclave/api/problem"
import { RAFT_OPS, RAFT_STATUS } from "conclave/api/raft-schema"
import { OPS } from "conclave/api/schema"
import { NO_KEYRING } from "conclave/keyring/keyring"
import { test } from "tap"
import { FakeAgent, fakeMember } from "../fake-view.ts"
import { NO_GROUP, outside } from "../outside.ts"

const CALLER = {
  principal: ADMIN,
  timeoutMs: 1000,
  seen: { rev: 0 },
  speaker: outside().connect({ app: "", process: undefined }),
  seq: 1,
  floor: 0,
} as const

const LOCK = { kind: "lock", name: "a", token: "1" }
const SAMPLE: Readonly<Record<string, object>> = {
  "hold.list": LOCK,
  "hold.get": LOCK,
  revoke: { ...LOCK, graceMs: 0, reason: "r" },
  "sessions.get": { id: "a".repeat(26) },
}

function isAwaited({ stream, waits = false }: OpSchema): boolean {
  return stream || waits
}

test("each operation has a handler, each stream its own, but for octets", (t) => {
  const names = Object.entries(OPS)
  t.same(
    Object.keys(HANDLERS).sort(),
    names
      .filter(([name, op]) => !isAwaited(op) && !name.startsWith("snapshot."))
      .map(([name]) => name)
      .sort(),
  )
  t.same(
    Object.keys(STREAMS).sort(),
    names
      .filter(([, op]) => isAwaited(op))
      .map(([name]) => name)
      .sort(),
  )
  t.end()
})

test("what handlers answer is what the schema says", async (t) => {
  const fake = new FakeAgent()
  fake.put(fakeMember("b", { state: "dead", tags: { a: "b" } }))
  const context = {
    view: fake.view,
    feeds: { members: unused, events: unused },
    coordination: outside(),
    raft: NO_GROUP,
    keyring: NO_KEYRING,
  }
  const inputs = {
    status: {},
    "members.list": {},
    "members.get": { name: "b" },
    ping: { name: "b", count: 2 },
    join: { addrs: ["x"] },
    leave: { name: "b" },
    faults: { drop: ["b"], in: true, out: false },
    "config.show": {},
  }
  for (const name of Object.keys(inputs) as (keyof typeof inputs)[]) {
    const answer = await new Promise<object>((resolve) =>
      HANDLERS[name](context, inputs[name] as never, CALLER, resolve),
    )
    t.notOk(isProblem(answer), name)
    t.same(OPS[name].output.strict().parse(answer), answer, `${name}: nothing more, nothing less`)
  }
})

test("before founding the group is empty, and what needs a quorum says so", async (t) => {
  const context = {
    view: new FakeAgent().view,
    feeds: { members: unused, events: unused },
    coordination: outside(),
    raft: NO_GROUP,
    keyring: NO_KEYRING,
  }
  const answers = [...Object.keys(RAFT_OPS), ...Object.keys(SAMPLE)]
  for (const name of answers as Exclude<keyof typeof HANDLERS, "status">[]) {
    const answer = await new Promise<object>((resolve) =>
      HANDLERS[name](context, (SAMPLE[name] ?? {}) as never, CALLER, resolve),
    )
    if (name === "raft.status") t.same(RAFT_STATUS.strict().parse(answer), answer)
    else t.match(answer, { code: "NO_QUORUM", outcome: "not-applied", retryable: true, details: { needed: 1 } }, name)
  }
  const hold = STREAMS.hold(context, { kind: "lock", name: "a" }, { ...CALLER, speaker: undefined }, () => {})
  t.match("ending" in hold && hold.ending?.(), { error: { code: "NO_QUORUM" } })
  const watch = STREAMS.watch(context, { kind: "lock" }, CALLER, () => {})
  t.match("ending" in watch && watch.ending?.(), { error: { code: "NO_QUORUM" } })
})

test("what is of no kind cannot be watched", (t) => {
  const context = {
    view: new FakeAgent().view,
    feeds: { members: unused, events: unused },
    coordination: outside(),
    raft: NO_GROUP,
    keyring: NO_KEYRING,
  }
  const refused = STREAMS.watch(context, { kind: "clock" }, CALLER, () => {})
  t.match(refused, { code: "NOT_FOUND", details: { kind: "clock" } })
  t.end()
})

function unused(): never {
  throw new Error("no stream is opened here")
}
