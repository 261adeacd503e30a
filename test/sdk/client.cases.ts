import { type Client, connect, type Member, type View } from "@conclave/sdk"
import { test } from "tap"
import { openHoldStage } from "../agent/coordination/hold-stage.ts"
import { FakeAgent, fakeMember } from "../agent/fake-view.ts"
import { type LocalStage, openStage, temporaryDirectory } from "../agent/local-stage.ts"
import { until } from "../agent/node/until.ts"
import { FakeCluster } from "./fake-cluster.ts"
import { exampleOf, runModule } from "./run-module.ts"

type Teardown = Parameters<typeof openStage>[0]

async function connected(
  t: Teardown,
  stage: LocalStage,
  door: "application" | "admin" = "application",
): Promise<Client> {
  const client = await connect({ socket: stage.path(door), name: "test" })
  t.teardown(() => client.close())
  return client
}

function names(view: View<Member> | undefined): string[] {
  return (view?.items ?? []).map(({ name }) => name)
}

test("members are sorted, typed, frozen and from memory after the first call", async (t) => {
  const stage = await openStage(t)
  stage.fake.put(fakeMember("b"))
  const client = await connected(t, stage)
  const members = await client.members()
  t.same(
    members.map(({ name, generation }) => [name, generation]),
    [
      ["a", 3n],
      ["b", 3n],
    ],
  )
  t.ok(Object.isFrozen(members))
  t.equal(await client.members(), members, "the same list until something changes")
  stage.fake.put(fakeMember("c"))
  for await (const { items } of client.watchMembers()) if (items.length === 3) break
  t.equal((await client.members()).length, 3)
  t.equal(members.length, 2, "what was handed out does not change")
})

test("watchMembers yields the whole view, then each change, and ends by its signal", async (t) => {
  const stage = await openStage(t)
  const client = await connected(t, stage)
  const stop = new AbortController()
  const watch = client.watchMembers({ signal: stop.signal })
  const first = (await watch.next()).value as View<Member>
  t.match(first, { rev: 1n, changes: [], reset: false, ageMs: 0 })
  t.same(names(first), ["a"])
  stage.fake.put(fakeMember("b"))
  const second = (await watch.next()).value as View<Member>
  t.match(second, { rev: 2n, reset: false, changes: [{ rev: 2n, type: "put", reason: "join", item: { name: "b" } }] })
  stage.fake.remove("b")
  const third = (await watch.next()).value as View<Member>
  t.match(third, { changes: [{ type: "delete", item: { name: "b" } }] })
  t.same([names(second), names(third)], [["a", "b"], ["a"]])
  const pending = watch.next()
  stop.abort()
  t.same(await pending, { value: undefined, done: true })
  t.same(await watch.next(), { value: undefined, done: true })
})

test("a slow reader gets merged views, one that is far behind a reset", async (t) => {
  const stage = await openStage(t)
  const client = await connected(t, stage)
  const watch = client.watchMembers()
  await watch.next()
  const other = client.watchMembers()
  await other.next()
  for (let each = 0; each < 3; each++) stage.fake.put(fakeMember(`m${each}`))
  const seen = async (count: number): Promise<void> => {
    for (let view = await other.next(); names(view.value).length < count; ) view = await other.next()
  }
  await seen(4)
  const merged = (await watch.next()).value as View<Member>
  t.same([merged.changes.length, merged.reset, names(merged)], [3, false, ["a", "m0", "m1", "m2"]])
  for (let each = 0; each < 1100; each++) stage.fake.put(fakeMember(`n${each}`))
  await seen(1104)
  const reset = (await watch.next()).value as View<Member>
  t.same([reset.reset, reset.changes, reset.items.length], [true, [], 1104])
})

test("an agent that restarts is found again: the next view is a reset", async (t) => {
  const directory = temporaryDirectory(t)
  const before = await openStage(t, { directory })
  const client = await connected(t, before)
  const watch = client.watchMembers()
  await watch.next()
  await before.api.close()
  await until("the loss is noticed", () => true)
  t.same((await client.members()).length, 1, "the last view stays")
  await t.rejects(client.status({ timeoutMs: 100 }), {
    code: "AGENT_UNAVAILABLE",
    outcome: "not-applied",
    retryable: true,
  })
  const fake = new FakeAgent()
  fake.put(fakeMember("z"))
  const call = client.status({ timeoutMs: 30_000 })
  await openStage(t, { directory, fake })
  t.equal((await call).name, "a", "a call waits within its own limit")
  const view = (await watch.next()).value as View<Member>
  t.same([view.reset, names(view)], [true, ["a", "z"]])
})

test("status, and any operation with one answer, typed", async (t) => {
  const stage = await openStage(t)
  const client = await connected(t, stage, "admin")
  t.match(await client.status(), { name: "a", members: { alive: 1 } })
  t.equal((await client.request("members.list", {})).version, 1n)
  t.match(await client.request("members.get", { name: "a" }), { name: "a", incarnation: 5n, accusations: [] })
  t.same(await client.request("leave", {}), { left: "a", seat: "none" })
  await t.rejects(client.request("members.get", { name: "x" }), { code: "NOT_FOUND", outcome: "not-applied" })
  await t.rejects(client.request("watch" as never, {} as never), { code: "INVALID_ARGUMENT", details: { field: "op" } })
  await t.rejects(client.request("no.such" as never, {} as never), { code: "NOT_FOUND" })
  const large = { drop: Array.from({ length: 9000 }, (_, each) => `m${each}-${"x".repeat(30)}`) }
  await t.rejects(client.request("faults", large), { code: "INVALID_ARGUMENT", details: { field: "in" } })
  const circle: Record<string, unknown> = {}
  circle["self"] = circle
  await t.rejects(client.request("faults", circle as never), { code: "INVALID_ARGUMENT" })
  t.equal((await client.status()).name, "a", "and the connection lives")
  for (const timeoutMs of [0, -1, Number.NaN]) {
    await t.rejects(client.status({ timeoutMs }), { code: "INVALID_ARGUMENT", details: { field: "timeoutMs" } })
  }
  t.equal((await client.status({ timeoutMs: 2 ** 40 })).name, "a", "a limit beyond what timers can wait")
})

test("a list that no frame holds comes all the same", async (t) => {
  const stage = await openStage(t)
  for (let each = 0; each < 3000; each++) {
    const state = each % 2 === 0 ? "alive" : "dead"
    stage.fake.rows.set(`${each}`, fakeMember(`m${each}`, { state, tags: { é: "ü=&" } }))
  }
  const client = await connected(t, stage)
  t.equal((await client.request("members.list", {})).items.length, 3001)
  const some = await client.request("members.list", { status: ["dead", "left"], tag: "é=ü=&" })
  t.same([some.items.length, some.version], [1500, 1n])
  t.equal((await client.members()).length, 3001)
})

test("timeouts, aborts and close end a call as they say", async (t) => {
  const stage = await openStage(t)
  stage.fake.pingMs = () => "never"
  const client = await connected(t, stage)
  const ping = (o: { timeoutMs?: number; signal?: AbortSignal }): Promise<unknown> =>
    client.request("ping", { name: "a" }, o)
  await t.rejects(ping({ timeoutMs: 30 }), { code: "TIMEOUT", outcome: "unknown", retryable: true })
  const reason = { mine: true }
  const stop = new AbortController()
  const aborted = ping({ signal: stop.signal })
  stop.abort(reason)
  t.equal(await aborted.catch((error: unknown) => error), reason, "the reason comes untouched")
  t.equal(await client.members({ signal: stop.signal }).catch((error: unknown) => error), reason)
  await client.members()
  t.equal(await client.members({ signal: stop.signal }).catch((error: unknown) => error), reason, "also from memory")
  const watch = client.watchMembers()
  await watch.next()
  const events = client.events()
  const pending = [
    ping({}),
    client.ready().then(() => client.request("ping", { name: "a" })),
    watch.next(),
    events.next(),
  ]
  await client.status()
  await client.close()
  for (const each of pending) await t.rejects(each, { code: "CLOSED", outcome: "not-applied", retryable: false })
  await t.rejects(client.members(), { code: "CLOSED" })
  await t.rejects(client.status(), { code: "CLOSED" })
  await t.rejects(client.ready(), { code: "CLOSED" })
  await t.rejects(client.watchMembers().next(), { code: "CLOSED" })
  await t.rejects(client.events().next(), { code: "CLOSED" })
  t.same(await watch.next(), { value: undefined, done: true })
  await client.close()
})

test("many calls at once warn of nothing", async (t) => {
  const stage = await openStage(t)
  const warnings: Error[] = []
  const warned = (warning: Error): void => void warnings.push(warning)
  process.on("warning", warned)
  const client = await connected(t, stage)
  const { signal } = new AbortController()
  await Promise.all(Array.from({ length: 100 }, () => client.status({ signal })))
  await new Promise((resolve) => setImmediate(resolve))
  process.off("warning", warned)
  t.same(warnings, [])
  await t.rejects(Promise.all(Array.from({ length: 400 }, () => client.request("ping", { name: "x" }))), {
    code: "NOT_FOUND",
  })
})

test("ready resolves when the agent is, or tells that it was not in time", async (t) => {
  const stage = await openStage(t)
  stage.fake.readiness[0] = { name: "join", ok: false, message: "nobody" }
  const client = await connected(t, stage)
  for (const waitMs of [0, 50]) {
    await t.rejects(client.ready({ waitMs }), { code: "WAIT_TIMEOUT", outcome: "not-applied", retryable: true })
  }
  await t.rejects(client.ready({ waitMs: -1 }), { code: "INVALID_ARGUMENT" })
  const ready = client.ready()
  stage.fake.readiness[0] = { name: "join", ok: true, message: "ok" }
  await ready
  await client.ready({ waitMs: 0 })
})

test("an agent that has no stream to give refuses the first view", async (t) => {
  const stage = await openStage(t)
  const fillers: Client[] = []
  for (let each = 0; each < 16; each++) {
    const filler = await connected(t, stage)
    fillers.push(filler)
    const readers = Array.from({ length: 64 }, () => filler.events())
    for (const reader of readers) reader.next().catch(() => {})
    await filler.status()
  }
  const client = await connected(t, stage)
  await t.rejects(client.members(), { code: "RESOURCE_EXHAUSTED", details: { limit: 1024 } })
  await t.rejects(client.watchMembers().next(), { code: "RESOURCE_EXHAUSTED" })
  await fillers[0]?.close()
  let members = 0
  for (let each = 0; each < 1000 && members === 0; each++) {
    members = await client.members().then(
      ({ length }) => length,
      () => 0,
    )
  }
  t.equal(members, 1, "and the next call asks again")
})

test("a process ends when nothing is pending, also with a view, an idle watch and no close", async (t) => {
  const stage = await openStage(t)
  const source = `
    import { connect } from "@conclave/sdk"
    const client = await connect()
    await client.members()
    const watch = client.watchMembers()
    await watch.next()
    client.events()
    console.log("done")`
  t.same(await runModule(source, stage.path("application")), { code: 0, out: "done\n", err: "" })
})

test("the examples of the client's methods run as they stand", async (t) => {
  const stage = await openStage(t)
  const run = (method: string): ReturnType<typeof runModule> => {
    const example = exampleOf(`  ${method}`)
    t.match(example, method.slice(0, method.search(/\W/)))
    return runModule(example, stage.path("application"))
  }
  t.same(await run("ready("), { code: 0, out: "true\n", err: "" })
  t.same(await run("request<"), { code: 0, out: "a\n", err: "" })
  // When the process has begun to listen cannot be seen from here: it is told until it has heard.
  const dying = setInterval(() => {
    stage.fake.wallMs = Date.now() + 1000
    stage.fake.put(fakeMember("b"), "alive")
    stage.fake.put(fakeMember("b", { state: "dead" }), "dead")
  }, 50)
  t.teardown(() => clearInterval(dying))
  const watched = await run("watchMembers(")
  t.same([watched.code, watched.err], [0, ""])
  const heard = await run("events(")
  t.match(heard, { code: 0, out: /(^|\n)member.dead b\n$/, err: "" })
})

test("the example of lock runs as it stands", async (t) => {
  const cluster = await FakeCluster.open(t)
  const example = exampleOf("  lock(name")
  t.match(example, /client\.lock/)
  t.same(await runModule(example, cluster.path), { code: 0, out: "true true\n", err: "" })
})

test("the examples of semaphores, barriers and groups run as they stand", async (t) => {
  const stage = await openHoldStage(t)
  const run = (...of: Parameters<typeof exampleOf>): ReturnType<typeof runModule> =>
    runModule(exampleOf(...of), stage.path("application"))
  t.same(await run("  acquire(o?", "sdk/semaphore.ts"), { code: 0, out: "true 1\n", err: "" })
  t.same(await run("  barrier(name"), { code: 0, out: "true 1\n", err: "" })
  t.same(await run("  join(o?", "sdk/group.ts"), { code: 0, out: "web-1 8080 true\n", err: "" })
  t.equal([...stage.cluster.machine.sessions()].length, 0)
})

test("a process ends when what it held is lost or given back, and not before", async (t) => {
  const cluster = await FakeCluster.open(t)
  const source = `
    import { connect } from "@conclave/sdk"
    const client = await connect()
    const lock = await client.lock("a")
    lock.revoking.addEventListener("abort", () => lock.release().then(() => console.log("released")))`
  const run = runModule(source, cluster.path)
  await until("it holds", () => cluster.holders("a").length === 1)
  await until("it beats on", () => cluster.count("heartbeat") > 3)
  cluster.ask("a", null)
  t.same(await run, { code: 0, out: "released\n", err: "" })
})
