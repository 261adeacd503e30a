import { type Command, decodeCommand, type SessionId } from "@conclave/consensus"
import { proposalOf } from "conclave/group/route/command-proposal"
import { test } from "tap"
import { memberId } from "../../fake-view.ts"

test("what makes room may use the reserve; what gets the same answer twice may be sent twice", (t) => {
  const of = (command: Command) => proposalOf(command, 700)
  const found = of({ kind: "found", clusterId: "c", wallMs: 1 })
  t.match(found, { untilMs: 700, relieves: false, isRepeatable: false })
  t.match(decodeCommand(found.data), { ok: true, command: { kind: "found", wallMs: 1 } })
  const what = { kind: "session", id: memberId("s") as string as SessionId } as const
  const revoke = of({ kind: "revoke", what, graceMs: 0, by: "ops", reason: "why" })
  t.match(revoke, { relieves: true, isRepeatable: false }, "an operator frees what is held")
  const gone = of({ kind: "endHost", host: memberId("a"), boot: 1, isGone: false })
  t.match(gone, { relieves: true, isRepeatable: true })
  const owner = { session: memberId("s") as string as SessionId, host: memberId("a"), boot: 2, attachment: 1 }
  const back = of({ kind: "attach", ...owner, secretHash: new Uint8Array(32) })
  t.match(
    back,
    { relieves: true, isRepeatable: true },
    "what an agent held before its restart it keeps on a full disk, too",
  )
  const settle = { pool: "p", item: "x", token: 1, result: "done", message: undefined } as const
  const owned = { session: owner.session, seq: 3, floor: 0 }
  t.match(of({ kind: "workSettle", request: owned, ...settle } as Command), { relieves: true, isRepeatable: true })
  t.match(of({ kind: "workRemove", request: undefined, pool: "p", item: "x" }), { relieves: true })
  t.end()
})

test("a write may be sent again where it has a number: without one another try would be another write", (t) => {
  const of = (command: Command) => proposalOf(command, 700)
  const entry = { key: "k", ifRev: undefined, guard: undefined }
  const request = { session: memberId("s") as string as SessionId, seq: 1, floor: 0 }
  t.match(of({ kind: "kvPut", request, value: "1", ...entry }), { relieves: false, isRepeatable: true })
  t.match(of({ kind: "kvPut", request: undefined, value: "1", ...entry }), { relieves: false, isRepeatable: false })
  t.match(of({ kind: "kvDelete", request: undefined, ...entry }), { relieves: true, isRepeatable: false })
  t.end()
})
