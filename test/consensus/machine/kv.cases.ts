import type { Command, Guard } from "@conclave/consensus"
import { ENTRY_VALUE_BYTES_MAX } from "@conclave/consensus/machine/limits"
import { test } from "tap"
import { Stage } from "./stage.ts"

type Conditions = { readonly ifRev?: number; readonly guard?: Guard }

function put(key: string, value: string, { ifRev, guard }: Conditions = {}): Command {
  return { kind: "kvPut", request: undefined, key, value, ifRev, guard }
}

function remove(key: string, { ifRev, guard }: Conditions = {}): Command {
  return { kind: "kvDelete", request: undefined, key, ifRev, guard }
}

test("each put has a revision of its own, and is of it; the first one stays known", (t) => {
  const stage = new Stage()
  const first = stage.apply(put("a", "1"))
  t.same(first.result, { kind: "written", rev: first.rev })
  const second = stage.apply(put("a", "1"))
  t.equal(second.rev, first.rev + 1, "also where it changes nothing else")
  t.same(stage.machine.entry("a"), { key: "a", value: "1", modRev: second.rev, createRev: first.rev })
  t.match(second.changes, [{ kind: "entry", before: { modRev: first.rev }, after: { modRev: second.rev } }])
  t.same(stage.machine.entry("b"), undefined)
  t.end()
})

test("an entry that is deleted is gone, and begins anew; where nothing is no revision is made", (t) => {
  const stage = new Stage()
  stage.apply(put("a", "1"))
  const gone = stage.apply(remove("a"))
  t.same(gone.result, { kind: "removed", isRemoved: true, rev: gone.rev })
  t.match(gone.changes, [{ kind: "entry", before: { key: "a", value: "1" }, after: undefined }])
  const nothing = stage.apply(remove("a"))
  t.same([nothing.result, nothing.rev], [{ kind: "removed", isRemoved: false, rev: gone.rev }, gone.rev])
  const again = stage.apply(put("a", "2"))
  t.match(stage.machine.entry("a"), { createRev: again.rev, modRev: again.rev })
  t.end()
})

test("a write with a revision is applied on that one alone; 0 is of what is not there", (t) => {
  const stage = new Stage()
  const conflict = (current: number) => ({ kind: "refused", refusal: { kind: "conflict", reason: "rev", current } })
  t.match(stage.result(put("a", "1", { ifRev: 1 })), conflict(0))
  t.match(stage.result(remove("a", { ifRev: 1 })), conflict(0))
  t.match(stage.result(remove("a", { ifRev: 0 })), { kind: "removed", isRemoved: false })
  const { rev } = stage.apply(put("a", "1", { ifRev: 0 }))
  t.match(stage.result(put("a", "2", { ifRev: 0 })), conflict(rev))
  t.match(stage.result(put("a", "2", { ifRev: rev - 1 })), conflict(rev))
  t.match(stage.result(remove("a", { ifRev: 0 })), conflict(rev))
  t.equal(stage.machine.rev, rev, "what is refused makes no revision")
  const second = stage.apply(put("a", "2", { ifRev: rev }))
  t.match(stage.result(remove("a", { ifRev: rev })), conflict(second.rev))
  t.match(stage.result(remove("a", { ifRev: second.rev })), { isRemoved: true })
  t.end()
})

test("a guard is looked at in the same entry, whoever sends it: the token must hold this very name", (t) => {
  const stage = new Stage()
  const [one, two] = [stage.open(1), stage.open(2)]
  const token = stage.granted(one, 1, { names: ["a", "b"] })
  const other = stage.granted(two, 1, { names: ["c"] })
  stage.acquire(two, 2, { names: ["a"] })
  const by = (name: string, of = token): Conditions => ({ guard: { kind: "lock", name, token: of } })
  t.match(stage.result(put("k", "1", by("a"))), { kind: "written" })
  t.match(stage.result(put("k", "2", by("b"))), { kind: "written" }, "each name of the lock")
  const lost = (current?: number) => ({
    refusal: { kind: "grant-lost", ...(current === undefined ? {} : { current }) },
  })
  t.match(stage.result(put("k", "3", by("c"))), lost(other), "another name")
  t.match(stage.result(put("k", "3", by("d"))), lost(), "a name that nobody holds")
  t.match(stage.result(put("k", "3", { guard: { kind: "election", name: "a", token } })), lost(), "another kind")
  stage.release(one, 2, token)
  const next = stage.machine.name("lock", "a").holders[0]?.token
  t.match(stage.result(remove("k", by("a"))), lost(next), "the next one holds it by now")
  t.match(stage.result(put("k", "3", { ...by("a"), ifRev: 1 })), lost(next), "the guard comes before the revision")
  t.equal(stage.machine.entry("k")?.value, "2")
  t.end()
})

test("a key is a name, and a value has at most 64 KiB, in bytes", (t) => {
  const stage = new Stage()
  for (const key of ["", "-a", "a b", "k".repeat(256)]) {
    t.match(stage.result(put(key, "1")), { refusal: { kind: "invalid", field: "key" } })
    t.match(stage.result(remove(key)), { refusal: { kind: "invalid", field: "key" } })
  }
  t.match(stage.result(put("k".repeat(255), "1")), { kind: "written" })
  const longest = `"${"é".repeat(ENTRY_VALUE_BYTES_MAX / 2 - 1)}"`
  t.match(stage.result(put("a", longest)), { kind: "written" })
  t.match(stage.result(put("a", `${longest} `)), { refusal: { kind: "invalid", field: "value" } })
  t.end()
})

test("keys and names in use are counted together; the next is refused, what is there can be put again", (t) => {
  const stage = new Stage({ names: 2 })
  const full = { refusal: { kind: "exhausted", limit: "names" } }
  const session = stage.open(1)
  const token = stage.granted(session, 1)
  stage.apply(put("a", "1"))
  t.match(stage.result(put("b", "1")), full)
  t.match(stage.acquire(session, 2, { names: ["b"] }), full)
  t.match(stage.result(put("a", "2")), { kind: "written" })
  stage.release(session, 3, token)
  t.match(stage.result(put("b", "1")), { kind: "written" })
  t.match(stage.result(put("c", "1")), full)
  stage.apply(remove("a"))
  t.match(stage.result(put("c", "1")), { kind: "written" })
  t.end()
})

test("where the state is as large as it may be, a value may get shorter, and be deleted", (t) => {
  const stage = new Stage({ stateBytes: 3000 })
  const long = `"${"x".repeat(1000)}"`
  const full = { refusal: { kind: "exhausted", limit: "state" } }
  for (const key of ["a", "b", "c"]) t.match(stage.result(put(key, long)), { kind: "written" })
  t.match(stage.result(put("d", "1")), full)
  t.match(stage.result(put("a", `"${"x".repeat(1001)}"`)), full)
  t.match(stage.result(put("a", long)), { kind: "written" }, "as long as it was")
  t.match(stage.result(put("a", "1")), { kind: "written" })
  t.match(stage.result(put("d", "1")), { kind: "written" })
  t.match(stage.result(put("d", long)), { kind: "written" })
  t.match(stage.result(put("e", "1")), full)
  stage.apply(remove("b"))
  t.match(stage.result(put("e", "1")), { kind: "written" })
  t.end()
})
