import { encodeCommand, Machine } from "@conclave/consensus"
import { REMOVED_HOSTS_MAX } from "@conclave/consensus/machine/limits"
import { test } from "tap"
import { CLUSTER, FOUNDED_WALL_MS, hostId, run, Stage, TTL_MS } from "./stage.ts"

test("before its founding a cluster does nothing, and it is founded once", (t) => {
  const machine = new Machine()
  const apply = (command: Parameters<typeof encodeCommand>[0]): unknown => run(machine, encodeCommand(command), 0)
  const refused = { result: { kind: "refused", refusal: { kind: "conflict", reason: "not-founded" } } }
  t.match(apply({ kind: "recover", wallMs: 1, snapshotWallMs: 0 }), refused)
  t.match(apply({ kind: "found", clusterId: "", wallMs: 1 }), { result: { refusal: { field: "clusterId" } } })
  t.match(apply({ kind: "found", clusterId: "c".repeat(65), wallMs: 1 }), {
    result: { refusal: { field: "clusterId" } },
  })
  t.match(apply({ kind: "found", clusterId: "c", wallMs: 8_000_000_000_001 }), {
    result: { refusal: { field: "wallMs" } },
  })
  t.match(apply({ kind: "found", clusterId: "c".repeat(64), wallMs: 5000 }), { result: { kind: "done" } })
  t.equal(machine.lastToken, 5000 * 1024)
  t.match(apply({ kind: "found", clusterId: "c".repeat(64), wallMs: 9000 }), { result: { kind: "done" } }, "again")
  t.match(apply({ kind: "found", clusterId: "d", wallMs: 9000 }), { result: { refusal: { reason: "other-cluster" } } })
  t.equal(machine.lastToken, 5000 * 1024)
  t.equal(machine.clusterId, "c".repeat(64))
  t.end()
})

test("after a recovery no token repeats: above all that were given, and above the clock", (t) => {
  const stage = new Stage()
  const session = stage.open(1)
  const before = stage.granted(session, 1)
  const recover = { kind: "recover", snapshotWallMs: 0 } as const
  const { rev } = stage.machine
  t.match(stage.result({ ...recover, wallMs: FOUNDED_WALL_MS }), { kind: "done" })
  t.equal(stage.machine.lastToken, before + 2 ** 20, "a clock that stands still")
  t.equal(stage.machine.epoch, 1)
  t.ok(stage.machine.rev > rev + 2 ** 20, "no revision that was lost comes again")
  stage.result({ ...recover, wallMs: FOUNDED_WALL_MS + 100_000_000 })
  t.equal(stage.machine.lastToken, (FOUNDED_WALL_MS + 100_000_000) * 1024)
  t.equal(stage.granted(session, 2, { names: ["b"] }), (FOUNDED_WALL_MS + 100_000_000) * 1024 + 1)
  t.end()
})

test("one backup restored twice gives different tokens", (t) => {
  const lives = [60_000, 120_000].map((laterMs) => {
    const stage = new Stage()
    stage.result({ kind: "recover", wallMs: FOUNDED_WALL_MS + laterMs, snapshotWallMs: 0 })
    return stage.granted(stage.open(1), 1)
  })
  t.ok((lives[1] ?? 0) - (lives[0] ?? 0) > 1_000_000, lives.join())
  t.end()
})

test("a clock older than the state, or than its snapshot, is refused", (t) => {
  const stage = new Stage()
  const refused = { kind: "refused", refusal: { kind: "conflict", reason: "clock" } }
  t.match(stage.result({ kind: "recover", wallMs: FOUNDED_WALL_MS - 1, snapshotWallMs: 0 }), refused)
  const wallMs = FOUNDED_WALL_MS + 10
  t.match(stage.result({ kind: "recover", wallMs, snapshotWallMs: wallMs + 1 }), refused)
  t.equal(stage.machine.epoch, 0)
  t.match(stage.result({ kind: "recover", wallMs: 8_000_000_000_001, snapshotWallMs: 0 }), {
    refusal: { field: "wallMs" },
  })
  t.match(stage.result({ kind: "recover", wallMs, snapshotWallMs: wallMs }), { kind: "done" })
  t.end()
})

test("after a recovery every session has one time to live to attach again", (t) => {
  const stage = new Stage()
  const [one, two] = [stage.open(2), stage.open(1)]
  stage.pass(9000)
  const { changes } = stage.apply({ kind: "recover", wallMs: FOUNDED_WALL_MS, snapshotWallMs: 0 })
  t.match(changes, [{ before: { id: two } }, { before: { id: one } }], "in the order of their hosts")
  stage.pass(TTL_MS - 1)
  t.ok(stage.machine.session(one))
  stage.renew(1, 2)
  stage.pass(1)
  t.equal(stage.machine.session(one), undefined)
  t.equal(stage.machine.clusterId, CLUSTER)
  t.end()
})

test("who was removed is remembered, once each, and of too many the first is forgotten", (t) => {
  const stage = new Stage()
  const { rev } = stage.machine
  for (const index of [2, 1, 2])
    t.same(stage.result({ kind: "removeHost", host: hostId(index) }), { kind: "done", rev })
  t.same(stage.machine.removed, [hostId(2), hostId(1)])
  const before = stage.machine.removed
  stage.result({ kind: "removeHost", host: hostId(1) })
  t.equal(stage.machine.removed, before, "the same as long as nothing changes")
  stage.result({ kind: "recover", wallMs: FOUNDED_WALL_MS, snapshotWallMs: 0 })
  t.same(stage.machine.removed, before, "also after a recovery")
  for (let index = 3; index <= REMOVED_HOSTS_MAX + 1; index++) stage.result({ kind: "removeHost", host: hostId(index) })
  t.equal(stage.machine.removed.length, REMOVED_HOSTS_MAX)
  t.equal(stage.machine.removed[0], hostId(1))
  t.end()
})
