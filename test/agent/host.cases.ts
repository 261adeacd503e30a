import { GENERATION_MAX, type Generation, INCARNATION_MAX } from "@conclave/base"
import { MemberFile } from "conclave/gossip/member-file"
import { TWIN_HINT } from "conclave/gossip/member-log"
import { test } from "tap"
import { accuser, addrOf, alive, gone, idOf, recordOf, suspect } from "../swim/stage.ts"
import { ScriptedSource } from "./discovery/scripted-source.ts"
import { FakeClock } from "./fake-clock.ts"
import { HostStage } from "./host-stage.ts"
import { ScriptedDisk } from "./scripted-disk.ts"

/** A disk on which a last life left its generation and members 1 … `members`. */
function lastLife(generation: number, members = 0): ScriptedDisk {
  const disk = new ScriptedDisk()
  const { file } = MemberFile.load(disk, new FakeClock())
  file.raiseGeneration(generation as Generation, () => {})
  for (let index = 1; index <= members; index++)
    file.remember({ id: idOf(index), name: `host-${index}`, addr: addrOf(index) })
  file.close()
  return disk
}

test("before the start there is nobody yet, and whoever scrapes is told so", (t) => {
  const { host } = new HostStage()
  t.same(host.members(), [])
  t.same(host.counts(), { alive: 0, suspect: 0, dead: 0, left: 0 })
  t.equal(host.localHealth(), 0)
  t.equal(host.viewVersion(), 1)
  t.equal(host.byName("host-0"), undefined)
  const gossip = { name: "gossip", ok: false, message: "not started yet" }
  const raft = { name: "raft", ok: false, message: /no cluster/ }
  t.match(host.readiness(), [gossip, { name: "join", ok: true }, raft])
  const { host: joining } = new HostStage({ join: ["10.0.0.1:7951"] })
  const message = "none of 10.0.0.1:7951 has answered yet"
  t.match(joining.readiness(), [gossip, { name: "join", ok: false, message }, raft])
  t.end()
})

test("each start takes a generation of its own, durable before the first word", (t) => {
  const disk = lastLife(41)
  disk.isPrompt = false
  const stage = new HostStage({ join: ["10.0.0.1:7951"] }, disk).start()
  t.same(stage.asked, [], "nothing is said before it is durable")
  disk.finish()
  const [first] = stage.asked
  t.equal(first?.request.kind === "join" && first.request.record.generation, 42)
  t.equal(MemberFile.load(disk, new FakeClock()).generation, 42)
  t.end()
})

test("at the last of all generations an agent still starts, and outranks its past by incarnation", (t) => {
  const disk = lastLife(GENERATION_MAX)
  const { host, hear } = bound(new HostStage({}, disk).start())
  t.equal(host.swim.self.generation, GENERATION_MAX)
  hear(1, alive(1), alive(0, 7, GENERATION_MAX, { tags: { old: "life" } }))
  t.equal(host.swim.self.incarnation, 8)
  t.same(host.swim.self.tags, {})
  hear(1, alive(0, INCARNATION_MAX, GENERATION_MAX))
  t.equal(host.swim.self.generation, GENERATION_MAX, "what cannot be outranked is survived")
  t.end()
})

test("a generation that others believe is jumped past, and the next start begins beyond it", (t) => {
  const stage = new HostStage().start()
  stage.hear(1, alive(1), alive(0, 3, 2 ** 51))
  t.equal(stage.host.swim.self.generation, 2 ** 51 + 1)
  t.equal(new HostStage({}, stage.disk).start().host.swim.self.generation, 2 ** 51 + 2)
  t.end()
})

test("a restart rejoins from disk, a few members at a time until one answers", (t) => {
  const stage = new HostStage({}, lastLife(1, 20)).start()
  const first = stage.asked.splice(0)
  t.equal(first.length, 8)
  for (const { done } of first) done({ ok: false, why: "refused" })
  stage.pass(5000)
  const asked = new Set([...first, ...stage.asked].map(({ to }) => to))
  t.equal(asked.size, 16, "the next ones as well")
  const [answering] = stage.asked.splice(0)
  if (answering === undefined) throw new Error("nobody was asked")
  const from = [...Array(20).keys()].find((index) => addrOf(index + 1) === answering.to) ?? 0
  stage.answer(answering, { kind: "rows", from: idOf(from + 1), updates: [alive(from + 1)], wanted: [] })
  t.ok(stage.host.swim.hasJoined)
  stage.pass(5100)
  t.same(
    stage.joins().filter((to) => !asked.has(to)),
    [],
    "joined: nobody else is asked",
  )
  t.end()
})

test("after a good-bye nothing that is still heard is remembered, and everybody who asked is told", (t) => {
  const stage = new HostStage({}, lastLife(4, 2)).start()
  stage.hear(1, alive(1))
  let told = 0
  stage.host.leave({ force: false, timeoutMs: 1000, graceMs: undefined }, () => told++)
  stage.host.leave({ force: false, timeoutMs: 1000, graceMs: undefined }, () => told++)
  stage.pass(2000)
  t.equal(told, 2)
  stage.hear(1, alive(5), alive(1, 1, 1, { addr: addrOf(9) }))
  const { members, generation } = MemberFile.load(stage.disk, new FakeClock())
  t.same(members, [])
  t.equal(generation, 5)
  t.end()
})

test("a restart that is announced twice calls both back", (t) => {
  const stage = new HostStage().start()
  stage.hear(1, alive(1))
  const told: string[] = []
  stage.host.announceRestart(() => told.push("one"))
  stage.host.announceRestart(() => told.push("two"))
  stage.pass(2000)
  t.same(told, ["one", "two"])
  t.equal(stage.host.swim.self.restartingForMs, 30_000)
  t.end()
})

test("whoever left is not asked at the next start; whoever died is", (t) => {
  const stage = new HostStage().start()
  stage.hear(1, alive(1), alive(2), alive(3))
  stage.hear(1, gone("left", 2), gone("dead", 3, { by: 1 }))
  stage.host.stop()
  t.same(names(stage.disk), ["host-1", "host-3"])
  t.end()
})

test("a member of the last life whom nobody knows any more is forgotten, a dead one that others know is not", (t) => {
  const stage = new HostStage({}, lastLife(1, 4)).start()
  const to = (index: number) => stage.asked.find((each) => each.to === addrOf(index))
  const asked = to(1)
  if (asked === undefined) throw new Error("nobody was asked")
  const updates = [alive(1), gone("dead", 2, { by: 1 }), gone("left", 3)]
  stage.answer(asked, { kind: "rows", from: idOf(1), updates, wanted: [] })
  t.same(names(stage.disk), ["host-1", "host-2", "host-3", "host-4"])
  stage.time.advance(600_000)
  stage.host.stop()
  t.same(names(stage.disk), ["host-1", "host-2"])
  t.end()
})

test("who began anew in a part of its fleet goes on asking for the others of the last life, configured or not", (t) => {
  const stage = new HostStage({}, lastLife(1, 4)).start()
  const asked = stage.asked.find((each) => each.to === addrOf(1))
  if (asked === undefined) throw new Error("nobody was asked")
  stage.joins()
  stage.answer(asked, { kind: "rows", from: idOf(1), updates: [alive(1)], wanted: [] })
  stage.time.advance(10_000)
  t.same(stage.joins().sort(), [2, 3, 4].map(addrOf))
  stage.hear(1, alive(2), alive(3))
  stage.time.advance(10_000)
  t.same(stage.joins(), [addrOf(4)])
  stage.host.stop()
  t.end()
})

test("a host that nobody answers keeps all whom it knew", (t) => {
  const stage = new HostStage({}, lastLife(1, 2)).start()
  stage.time.advance(600_000)
  t.same(names(stage.disk), ["host-1", "host-2"])
  t.end()
})

test("a member under a new name has only that one", (t) => {
  const { host, hear } = bound(new HostStage().start())
  hear(1, alive(1), alive(2))
  hear(1, alive(2, 1, 1, { name: "renamed" }))
  t.equal(host.byName("host-2"), undefined)
  t.equal(host.byName("renamed")?.id, idOf(2))
  t.end()
})

test("a rule of faults follows the living member of a name and address", (t) => {
  const stage = new HostStage().start()
  stage.hear(1, alive(1), alive(2))
  stage.hear(1, gone("dead", 2, { by: 1 }), alive(3, 0, 1, { name: "host-2", addr: addrOf(2) }))
  stage.host.setFaults({ drop: ["host-2", "nobody"], in: true, out: true })
  stage.hear(1, gone("left", 2, { prune: true }))
  t.equal(stage.host.memberById(idOf(2)), undefined)
  stage.sent.splice(0)
  stage.pass(3000)
  t.ok(stage.sent.length > 0)
  t.notOk(stage.sent.some(({ to }) => to === addrOf(2)))
  stage.host.setFaults({ drop: [], in: true, out: true })
  stage.pass(3000)
  t.ok(stage.sent.some(({ to }) => to === addrOf(2)))
  t.end()
})

test("ready means that one of the configured addresses has answered; a reload may name others", (t) => {
  const stage = new HostStage({ join: ["10.0.0.1:7951", "seed"] }).start()
  const joinItem = () => stage.host.readiness().find(({ name }) => name === "join")
  t.match(joinItem(), { ok: false, message: "none of 10.0.0.1:7951, seed has answered yet" })
  t.ok(stage.logged.some(({ event, message }) => event === "join.failed" && /seed: no such host/.test(message)))
  stage.host.setJoin(["10.0.0.2:7951"])
  t.match(joinItem(), { ok: false, message: "none of 10.0.0.2:7951 has answered yet" })
  const asked = stage.asked.find(({ to }) => to === addrOf(2))
  if (asked === undefined) throw new Error("the new address was not asked")
  stage.answer(asked, { kind: "rows", from: idOf(2), updates: [alive(2)], wanted: [] })
  t.match(joinItem(), { ok: true, message: "ok" })
  t.end()
})

test("an address that discovery gives is asked for a join while nobody lives there, and warns of what did not help", (t) => {
  const stage = new HostStage().start()
  const source = new ScriptedSource()
  stage.host.setDiscovery([source])
  source.found([addrOf(0), addrOf(2)])
  stage.time.advance(0)
  const asked = stage.asked.find(({ request }) => request.kind === "join")
  if (asked === undefined) throw new Error("the address was not asked")
  t.same(stage.joins(), [addrOf(2)])
  asked.done({ ok: false, why: "refused" })
  const warning = (): unknown => stage.host.warnings().find(({ code }) => code === "discovery-dns")
  t.match(warning(), { message: /10\.0\.0\.2:7951 \(nothing listens there\)/ })
  stage.pass(1000)
  t.ok(source.refreshes > 0)
  t.same(new Set(stage.joins()), new Set([addrOf(2)]))
  stage.hear(2, alive(2))
  t.equal(warning(), undefined)
  stage.pass(1000)
  t.same(stage.joins(), [], "a member need not be asked")
  stage.host.stop()
  t.ok(source.isStopped)
  t.end()
})

test("who is to found a cluster first asks whom discovery gives, as soon as that has spoken", (t) => {
  const stage = new HostStage().start()
  const source = new ScriptedSource()
  stage.host.setDiscovery([source])
  const problems: (string | undefined)[] = []
  stage.host.consensus.bootstrap((refusal) => problems.push(refusal?.why))
  t.same(stage.joins(), [])
  source.found([addrOf(2)])
  const [asked] = stage.asked
  if (asked === undefined) throw new Error("nobody was asked")
  stage.answer(asked, { kind: "nameTaken", record: recordOf(3, { name: "host-0" }) })
  t.match(problems, [/the name host-0 is taken/])
  t.end()
})

test("a wall clock that is wrong by years changes no verdict, and times follow it when it is put right", (t) => {
  const stage = new HostStage()
  stage.wallAheadMs = Date.parse("1970-01-02T00:00:00Z")
  stage.start()
  stage.hear(1, alive(1))
  const { sinceMs } = stage.host.byName("host-1") ?? { sinceMs: 0 as never }
  t.equal(new Date(stage.host.wallOf(sinceMs)).getUTCFullYear(), 1970)
  const changes = stage.changes.length
  stage.wallAheadMs = Date.parse("2086-01-01T00:00:00Z")
  stage.pass(200)
  t.equal(new Date(stage.host.wallOf(sinceMs)).getUTCFullYear(), 2086)
  stage.wallAheadMs += 40
  const shown = stage.host.wallOf(sinceMs)
  t.ok(Math.abs(shown - sinceMs - Date.parse("2086-01-01T00:00:00Z")) < 2, "a tick of the clocks moves no time")
  t.equal(stage.changes.length, changes)
  t.end()
})

test("every change of the view has a greater version", (t) => {
  const stage = new HostStage().start()
  stage.hear(1, alive(1), alive(2))
  stage.hear(1, suspect(2, [accuser(1)]))
  stage.hear(1, alive(2, 1))
  stage.host.setTags({ role: "web" })
  stage.host.setHealth(1)
  const versions = stage.changes.map(({ version }) => version)
  t.same(
    versions,
    versions.map((_, index) => index + 2),
  )
  t.equal(stage.host.viewVersion(), versions.at(-1))
  t.equal(MemberFile.load(stage.disk, new FakeClock()).tags?.["role"], "web", "tags are kept")
  t.end()
})

test("a disk that cannot be written is survived and said", (t) => {
  const disk = new ScriptedDisk(false)
  const stage = new HostStage({ join: ["10.0.0.1:7951"] }, disk).start()
  disk.finish({ ok: false, code: "EROFS", message: "read-only file system" })
  t.same(stage.joins(), [addrOf(1)])
  t.match(stage.host.warnings(), [{ code: "data-directory", message: /read-only file system/ }])
  t.end()
})

test("of two agents with one key the one that joins the other goes, with exit code 7", (t) => {
  const stage = new HostStage({ join: ["10.0.0.1:7951"] }).start()
  const [asked] = stage.asked.splice(0)
  if (asked === undefined) throw new Error("nobody was asked")
  const holder = alive(0, 3, 2, { addr: addrOf(5) })
  if (holder.kind !== "alive") throw new Error("no record")
  stage.answer(asked, { kind: "nameTaken", record: holder.record })
  const probe = stage.asked.find(({ to }) => to === addrOf(5))
  if (probe === undefined) throw new Error("the other was not asked")
  stage.answer(probe, { kind: "pong", upMs: 1 })
  const message = `another agent runs with the key of this one, ${idOf(0)}, at ${addrOf(5)}; its data directory was copied`
  t.same(stage.fatals, [{ exitCode: 7, reason: "key-taken", message, hint: TWIN_HINT }])
  t.end()
})

test("of two living members with one name the newcomer goes, with exit code 7", (t) => {
  const stage = new HostStage({ join: ["10.0.0.1:7951"] }).start()
  const [asked] = stage.asked.splice(0)
  if (asked === undefined) throw new Error("nobody was asked")
  const holder = alive(5, 0, 1, { name: "host-0" })
  if (holder.kind !== "alive") throw new Error("no record")
  stage.answer(asked, { kind: "nameTaken", record: holder.record })
  const probe = stage.asked.find(({ to }) => to === addrOf(5))
  if (probe === undefined) throw new Error("the holder was not asked")
  t.same(stage.fatals, [])
  stage.answer(probe, { kind: "pong", upMs: 1 })
  t.match(stage.fatals, [{ exitCode: 7, message: `the name host-0 belongs to the living member ${idOf(5)}` }])
  t.end()
})

function bound(stage: HostStage): { readonly host: HostStage["host"]; readonly hear: HostStage["hear"] } {
  return { host: stage.host, hear: (from, ...updates) => stage.hear(from, ...updates) }
}

function names(disk: ScriptedDisk): string[] {
  return MemberFile.load(disk, new FakeClock())
    .members.map(({ name }) => name)
    .sort()
}
