import {
  type Command,
  type CommandResult,
  Install,
  type Machine,
  type RestoreId,
  type SessionId,
  type Token,
} from "@conclave/consensus"
import { test } from "tap"
import { backupOf, type MachineBackup } from "./backup.ts"
import { CLUSTER, FOUNDED_WALL_MS, hostId, Stage, sessionId, TTL_MS } from "./stage.ts"

const WALL_MS = FOUNDED_WALL_MS + 60_000
const FIRST = sessionId(101) as string as RestoreId
const SECOND = sessionId(102) as string as RestoreId

function save(stage: Stage): MachineBackup {
  return backupOf(stage.machine)
}

function load(
  stage: Stage,
  { parts, quietMs }: MachineBackup,
  more: Partial<Extract<Command, { kind: "restore" }>> = {},
): CommandResult {
  const { restore = FIRST } = more
  for (const [part, data] of parts.entries()) stage.result({ kind: "stage", restore, part, data })
  const when = { wallMs: WALL_MS, savedWallMs: FOUNDED_WALL_MS }
  return stage.result({ kind: "restore", restore, parts: parts.length, quietMs, ...when, ...more })
}

function release(stage: Stage, session: SessionId, seq: number): void {
  stage.release(session, seq + 100, stage.machine.hold(session, seq)?.token as Token)
}

test("a restore brings back what names remember, at one entry, and ends every session", (t) => {
  const stage = new Stage()
  const session = stage.open(1)
  stage.granted(session, 1)
  release(stage, session, 1)
  const before = stage.machine.name("lock", "a").name?.history
  const backup = save(stage)
  stage.granted(session, 2)
  release(stage, session, 2)
  stage.granted(session, 3, { names: ["b"] })
  const waiting = stage.open(2)
  stage.acquire(waiting, 1, { names: ["b"] })
  const { rev } = stage.machine
  t.match(load(stage, backup), { kind: "done" })
  t.same([...stage.machine.sessions()], [])
  t.same(
    stage.machine.name("lock", "a").name?.history.map(({ token }) => token),
    before?.map(({ token }) => token),
  )
  t.equal(stage.machine.name("lock", "b").name, undefined, "what came after is not there")
  t.same([stage.machine.endOf(session), stage.machine.endOf(waiting)], ["revoked", "revoked"])
  t.equal(stage.machine.clusterId, CLUSTER)
  t.equal(stage.machine.epoch, 1)
  t.ok(stage.machine.rev > rev)
  t.end()
})

test("holders of now hear of their loss in that entry, and nobody is granted before their promises have run out", (t) => {
  const stage = new Stage()
  const backup = save(stage)
  const holder = stage.open(1, { ttlMs: 30_000 })
  stage.granted(holder, 1)
  for (const [part, data] of backup.parts.entries()) stage.apply({ kind: "stage", restore: FIRST, part, data })
  const when = { wallMs: WALL_MS, savedWallMs: FOUNDED_WALL_MS, quietMs: backup.quietMs }
  const applied = stage.apply({ kind: "restore", restore: FIRST, parts: backup.parts.length, ...when })
  t.match(
    applied.changes.map((each) => [each.kind, "end" in each ? each.end : undefined]),
    [
      ["hold", "revoked"],
      ["session", "revoked"],
      ["restored", undefined],
    ],
  )
  t.ok(applied.changes.every(({ rev }) => rev === applied.rev))
  const next = stage.open(2)
  t.match(stage.acquire(next, 1), { kind: "queued" })
  t.match(stage.acquire(next, 2, { names: ["fresh"] }), { kind: "queued" }, "a lost cluster may have granted it")
  stage.pass(9000)
  stage.renew(2, 1)
  stage.pass(9000)
  stage.renew(2, 1)
  stage.pass(9000)
  stage.renew(2, 1)
  stage.pass(2999)
  t.equal(stage.machine.hold(next, 1)?.token, undefined)
  stage.pass(1)
  t.ok(stage.machine.hold(next, 1)?.token)
  t.ok(stage.machine.hold(next, 2)?.token)
  t.end()
})

test("a grant of the time of the backup is not given back, and its holder's promise runs out first", (t) => {
  const old = new Stage()
  const holder = old.open(1, { ttlMs: 20_000 })
  const token = old.granted(holder, 1)
  const backup = save(old)
  t.equal(backup.quietMs, 20_000)
  const fresh = new Stage()
  t.match(load(fresh, backup), { kind: "done" }, "of another cluster, or founded anew")
  t.equal(fresh.machine.session(holder), undefined)
  t.ok(fresh.machine.lastToken >= WALL_MS * 1024 && fresh.machine.lastToken > token)
  const next = fresh.open(2, { ttlMs: 60_000 })
  t.match(fresh.acquire(next, 1), { kind: "queued" })
  fresh.pass(19_999)
  t.equal(fresh.machine.hold(next, 1)?.token, undefined)
  fresh.pass(1)
  t.ok(fresh.machine.hold(next, 1)?.token)
  t.end()
})

test("a restore that follows another soon does not cut short what that one waits for", (t) => {
  const stage = new Stage()
  const empty = save(stage)
  const holder = stage.open(1, { ttlMs: 60_000 })
  stage.granted(holder, 1)
  t.match(load(stage, empty), { kind: "done" })
  stage.pass(1000)
  t.match(load(stage, empty, { restore: SECOND }), { kind: "done" }, "by now there are no sessions")
  const next = stage.open(2, { ttlMs: 120_000 })
  t.match(stage.acquire(next, 1), { kind: "queued" }, "whoever has not heard of either believes in its lock")
  stage.pass(58_999)
  t.equal(stage.machine.hold(next, 1)?.token, undefined)
  stage.pass(1)
  t.ok(stage.machine.hold(next, 1)?.token)
  t.end()
})

test("a state that was saved while it waited for promises of before goes on waiting", (t) => {
  const old = new Stage()
  const empty = save(old)
  old.open(1, { ttlMs: 60_000 })
  load(old, empty)
  old.pass(10_000)
  const backup = save(old)
  t.equal(backup.quietMs, 0, "no session of it is left")
  const fresh = new Stage()
  t.match(load(fresh, backup), { kind: "done" })
  const next = fresh.open(2, { ttlMs: 120_000 })
  fresh.acquire(next, 1)
  fresh.pass(49_999)
  t.equal(fresh.machine.hold(next, 1)?.token, undefined)
  fresh.pass(1)
  t.ok(fresh.machine.hold(next, 1)?.token)
  t.end()
})

test("lock delays are kept: of whoever holds now, of whoever lost before, and of both in the backup", (t) => {
  const grantedAfterMs = (stage: Stage): number => {
    const next = stage.open(9, { ttlMs: 300_000 })
    stage.acquire(next, 1)
    const beganMs = stage.nowMs
    while (stage.machine.hold(next, 1)?.token === undefined) stage.pass(1000)
    return stage.nowMs - beganMs
  }
  const holding = new Stage()
  const none = save(holding)
  holding.granted(holding.open(1, { ttlMs: 2000 }), 1, { lockDelayMs: 60_000 })
  const held = save(holding)
  load(holding, none)
  t.equal(grantedAfterMs(holding), 62_000, "from when its session would have expired")
  const fresh = new Stage()
  load(fresh, held)
  t.equal(grantedAfterMs(fresh), 62_000)

  const lost = new Stage()
  lost.granted(lost.open(1, { ttlMs: 2000 }), 1, { lockDelayMs: 60_000 })
  lost.pass(2000)
  const delayed = save(lost)
  lost.pass(1000)
  load(lost, none)
  t.equal(grantedAfterMs(lost), 59_000)
  const other = new Stage()
  load(other, delayed)
  t.equal(grantedAfterMs(other), 60_000)
  t.end()
})

test("a renewal of a host whose sessions are gone is void, whatever its agent believes", (t) => {
  const stage = new Stage()
  stage.open(1)
  t.match(load(stage, save(stage)), { kind: "done" })
  const result = stage.result({ kind: "renewHosts", items: [{ host: hostId(1), boot: 1, attempt: 1 }] })
  t.match(result, { items: [{ isCurrent: false }] })
  t.end()
})

test("tokens never repeat, also when one backup is restored twice", (t) => {
  const stage = new Stage()
  const backup = save(stage)
  t.match(load(stage, backup), { kind: "done" })
  stage.pass(TTL_MS)
  const first = stage.granted(stage.open(1), 1)
  t.match(load(stage, backup, { restore: SECOND }), { kind: "done" }, "with a clock that stands still")
  stage.pass(TTL_MS)
  const second = stage.granted(stage.open(2), 1)
  t.ok(second - first >= 2 ** 20, `${first} ${second}`)
  t.equal(stage.machine.epoch, 2)
  t.end()
})

test("a clock older than the backup, or than the state, changes nothing", (t) => {
  const stage = new Stage()
  const backup = save(stage)
  const session = stage.open(1)
  const refused = { kind: "refused", refusal: { kind: "conflict", reason: "clock" } }
  t.match(load(stage, backup, { savedWallMs: WALL_MS + 1 }), refused)
  t.match(load(stage, backup, { wallMs: FOUNDED_WALL_MS - 1, savedWallMs: 0 }), refused)
  t.match(load(stage, backup, { wallMs: 8_000_000_000_001 }), { refusal: { field: "wallMs" } })
  t.match(load(stage, backup, { quietMs: 360_001 }), { refusal: { field: "quietMs" } })
  t.ok(stage.machine.session(session))
  t.equal(stage.machine.epoch, 0)
  t.end()
})

test("what is not what any program saved changes nothing", (t) => {
  const stage = new Stage()
  const session = stage.open(1)
  stage.granted(session, 1)
  release(stage, session, 1)
  const { parts, quietMs } = save(stage)
  const [part = new Uint8Array(0)] = parts
  const wrong = [
    part.subarray(0, part.length - 1),
    part.subarray(4),
    Uint8Array.of(0, 0, 0, 1, 255),
    new Uint8Array([...part, ...part]),
  ]
  const refused = { kind: "refused", refusal: { kind: "invalid", field: "snapshot" } }
  for (const each of wrong) t.match(load(stage, { parts: [each], quietMs }), refused)
  t.ok(stage.machine.session(session))
  t.match(load(stage, { parts, quietMs }), { kind: "done" }, "and then the sound one")
  t.end()
})

test("the same restore again does nothing, and staging over it is refused", (t) => {
  const stage = new Stage()
  const backup = save(stage)
  load(stage, backup)
  const session = stage.open(1)
  const { parts, quietMs } = backup
  const again = { restore: FIRST, parts: parts.length, wallMs: WALL_MS, savedWallMs: FOUNDED_WALL_MS, quietMs }
  t.match(stage.result({ kind: "restore", ...again }), { kind: "done" })
  t.ok(stage.machine.session(session), "its answer was lost, not the restore")
  const data = Uint8Array.of(1)
  t.match(stage.result({ kind: "stage", restore: FIRST, part: 0, data }), { refusal: { reason: "restored" } })
  t.end()
})

test("as many names come back as are kept for their history, and no more", (t) => {
  const stage = new Stage()
  for (let number = 1; number <= 5; number++) {
    const session = stage.open(number)
    stage.granted(session, 1, { names: [`n${number}`] })
    release(stage, session, 1)
  }
  const backup = save(stage)
  const fresh = new Stage({ freeNames: 3 })
  t.match(load(fresh, backup), { kind: "done" })
  const kept = [1, 2, 3, 4, 5].filter((number) => fresh.machine.name("lock", `n${number}`).name !== undefined)
  t.equal(kept.length, 3)
  t.end()
})

test("history is as long ago as it was, in whichever cluster it comes back", (t) => {
  const stage = new Stage()
  stage.pass(100_000)
  const session = stage.open(1)
  stage.granted(session, 1)
  stage.pass(2000)
  release(stage, session, 1)
  const backup = save(stage)
  const fresh = new Stage()
  fresh.pass(70_000)
  load(fresh, backup, { wallMs: FOUNDED_WALL_MS + 5000, savedWallMs: FOUNDED_WALL_MS })
  t.match(fresh.machine.name("lock", "a").name?.history, [{ sinceMs: 63_000, untilMs: 65_000, reason: "released" }])
  t.end()
})

test("the deepest state is taken in steps, and a replica that installs it half-way ends the same", (t) => {
  const stage = new Stage()
  for (let number = 1; number <= 40; number++) {
    const session = stage.open(number)
    stage.granted(session, 1, { names: [`n${number}`] })
    release(stage, session, 1)
  }
  const backup = save(stage)
  for (const [part, data] of backup.parts.entries()) stage.apply({ kind: "stage", restore: FIRST, part, data })
  const install = new Install()
  const reader = stage.machine.snapshot()
  for (let record = reader.next(); record !== undefined; record = reader.next()) t.ok(install.add(record))
  const twin = new Stage()
  twin.machine = install.finish(reader.index) as Machine
  const when = { wallMs: WALL_MS, savedWallMs: FOUNDED_WALL_MS, quietMs: backup.quietMs }
  const command: Command = { kind: "restore", restore: FIRST, parts: backup.parts.length, ...when }
  stage.apply(command)
  twin.apply(command)
  t.equal(twin.machine.hash, stage.machine.hash)
  t.same(twin.machine.problems(), [])
  t.end()
})
