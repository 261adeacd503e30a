import { readFileSync } from "node:fs"
import { dirname } from "node:path"
import { fileURLToPath } from "node:url"
import { ConclaveError } from "@conclave/sdk"
import { testCluster } from "@conclave/testing"
import { test } from "tap"
import { Program } from "../program.ts"

async function outcome(promise: Promise<unknown>): Promise<string> {
  return await promise.then(
    () => "resolved",
    (error: unknown) => (ConclaveError.is(error) ? error.code : String(error)),
  )
}

/** How a promise stands, without waiting for it. */
async function standing(promise: Promise<unknown>): Promise<string> {
  const open = Symbol("open")
  const first = await Promise.race([outcome(promise), new Promise((resolve) => setImmediate(resolve, open))])
  return first === open ? "open" : String(first)
}

test("a lock is granted without a word about time, and the next one when it is released", async (t) => {
  const cluster = testCluster()
  const [one, other] = [await cluster.connect(), await cluster.connect({ agent: "a2" })]
  const first = await one.lock("report")
  const second = other.lock("report")
  await cluster.advance(60_000)
  t.equal(await standing(second), "open")
  t.ok(first.held)
  await first.release()
  const next = await second
  t.ok(next.token > first.token)
  t.equal(first.held, false)
})

test("a client that stands still loses its lock before the next one has it", async (t) => {
  const cluster = testCluster({ seed: 2 })
  const [one, other] = [await cluster.connect(), await cluster.connect({ agent: "a3" })]
  const lock = await one.lock("report")
  const next = other.lock("report")
  cluster.pause(one)
  let wasHeld = true
  for (let ms = 0; (await standing(next)) === "open"; ms += 50) {
    wasHeld = lock.held
    t.ok(ms < 12_000, "within the time to live and a second")
    await cluster.advance(50)
  }
  t.equal(wasHeld, false, "by its own clock it was over")
  cluster.resume(one)
  await cluster.advance(1000)
  t.ok(lock.signal.aborted)
  t.match(lock.signal.reason, { code: "GRANT_LOST" })
})

test("a process that is killed frees what it held at once", async (t) => {
  const cluster = testCluster({ seed: 3 })
  const [one, other] = [await cluster.connect(), await cluster.connect()]
  await one.lock("report")
  const next = other.lock("report")
  const beforeMs = cluster.nowMs
  cluster.kill(one)
  await next
  t.ok(cluster.nowMs - beforeMs < 500, `${cluster.nowMs - beforeMs} ms`)
})

test("what is expired is lost, with its reason, and can be had again", async (t) => {
  const cluster = testCluster({ seed: 4 })
  const client = await cluster.connect()
  const lock = await client.lock("report")
  cluster.expire(lock)
  await cluster.advance(200)
  t.equal(lock.held, false)
  t.match(lock.signal.reason, { code: "GRANT_LOST" })
  await t.rejects(lock.release(), { code: "GRANT_LOST" })
  const again = await client.lock("report")
  t.ok(again.token > lock.token)
  t.throws(() => cluster.expire(lock), { code: "INVALID_ARGUMENT" })
})

test("answers that get lost change nothing: what was applied is applied once", async (t) => {
  const cluster = testCluster({ seed: 5 })
  const [client, other] = [await cluster.connect(), await cluster.connect({ agent: "a2" })]
  await (await client.lock("warm")).release()
  cluster.dropReplies(client, 2)
  const lock = client.lock("report")
  await cluster.advance(3000)
  const { holders } = await other.request("hold.get", { kind: "lock", name: "report" })
  t.equal(holders.length, 1)
  t.equal((await lock).token, holders[0]?.token)
  cluster.dropReplies(client, 1)
  const release = (await lock).release()
  await cluster.advance(3000)
  await release
  t.equal((await other.request("hold.get", { kind: "lock", name: "report" })).holders.length, 0)
})

test("in the minority nothing is granted and what is held runs out; the majority goes on", async (t) => {
  const cluster = testCluster({ seed: 6 })
  const [cut, other] = [await cluster.connect({ agent: "a3" }), await cluster.connect({ agent: "a1" })]
  const lock = await cut.lock("report")
  cluster.partition("a3", ["a1", "a2"])
  const refused = outcome(cut.tryLock("other"))
  const next = other.lock("report")
  await cluster.advance(6000)
  // Sent to the leader that it had, it may have been done.
  t.match(await refused, /NO_QUORUM|TIMEOUT/)
  await cluster.advance(20_000)
  t.equal(lock.held, false)
  t.equal((await next).held, true)
  cluster.heal()
  await cluster.advance(10_000)
  t.equal(await outcome(cut.tryLock("after")), "resolved")
})

test("an agent that is killed or restarted within the time to live costs nobody a grant", async (t) => {
  const cluster = testCluster({ seed: 7 })
  const client = await cluster.connect({ agent: "a2" })
  const lock = await client.lock("report")
  cluster.restart("a2")
  await cluster.advance(5000)
  t.ok(lock.held)
  cluster.kill("a2")
  await cluster.advance(2000)
  cluster.restart("a2")
  await cluster.advance(20_000)
  t.ok(lock.held)
  await lock.release()
})

test("one seed gives one history", async (t) => {
  const tell = async (): Promise<string> => {
    const cluster = testCluster({ seed: 8, agents: 5 })
    const client = await cluster.connect({ agent: "a4" })
    const lock = await client.lock("report")
    cluster.kill("a1")
    await cluster.advance(30_000)
    return `${lock.token} ${lock.remainingMs()} ${cluster.nowMs}`
  }
  t.equal(await tell(), await tell())
})

test("a client alone, of one agent, watches its members and its session", async (t) => {
  const cluster = testCluster({ agents: 1 })
  await using client = await cluster.connect({ name: "job", ttlMs: 2000 })
  t.equal((await client.members()).length, 1)
  t.ok((await client.status()).ready)
  await client.lock("x")
  t.equal(client.session.state, "live")
  cluster.kill("a1")
  await cluster.advance(1500)
  t.equal(client.session.state, "jeopardy")
  await cluster.advance(1000)
  t.equal(client.session.state, "lost")
})

test("what cannot be is told at once", async (t) => {
  t.throws(() => testCluster({ agents: 0 }), { code: "INVALID_ARGUMENT", details: { field: "agents" } })
  t.throws(() => testCluster({ seed: 0.5 }), { code: "INVALID_ARGUMENT" })
  const cluster = testCluster()
  t.throws(() => cluster.kill("a9"), { message: "there is no agent a9: they are a1 to a3" })
  await t.rejects(cluster.connect({ agent: "b" }), { code: "INVALID_ARGUMENT" })
  const client = await cluster.connect()
  t.throws(() => testCluster().pause(client), { code: "INVALID_ARGUMENT", details: { field: "client" } })
  t.throws(() => cluster.dropReplies(client, -1), { code: "INVALID_ARGUMENT" })
  t.throws(() => cluster.advance(Number.NaN), { code: "INVALID_ARGUMENT" })
  await client.close()
})

test("the example of the README says what it says", async (t) => {
  const readme = readFileSync(fileURLToPath(new URL("../../../README.md", import.meta.url)), "utf8")
  const example = /```js\n(import \{ testCluster \}[\s\S]*?)```/.exec(readme)?.[1] ?? ""
  const directory = dirname(fileURLToPath(import.meta.url))
  const { stdout } = await new Program(t, [process.execPath, "--input-type=module", "-e", example], { cwd: directory })
    .ended
  t.equal(stdout, "false true\n")
})
