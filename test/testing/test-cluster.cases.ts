import { type Assignment, type Client, ConclaveError, type Json } from "@conclave/sdk"
import { testCluster } from "@conclave/testing/index"
import { test } from "tap"

async function outcome(promise: Promise<unknown>): Promise<string> {
  return await promise.then(
    () => "resolved",
    (error: unknown) => (ConclaveError.is(error) ? error.code : String(error)),
  )
}

async function either(...signals: readonly AbortSignal[]): Promise<void> {
  await new Promise<void>((resolve) => {
    for (const each of signals) {
      if (each.aborted) resolve()
      else each.addEventListener("abort", () => resolve(), { once: true })
    }
  })
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

test("an item of a worker that stands still goes on under a larger token, and what the old one says of it is refused", async (t) => {
  const cluster = testCluster({ seed: 12 })
  const [one, other] = [await cluster.connect(), await cluster.connect({ agent: "a2" })]
  const stop = new AbortController()
  const had: Assignment<Json>[] = []
  const work = (client: Client): Promise<void> =>
    client.work("jobs").run(
      async (assignment) => {
        had.push(assignment)
        if (had.length === 1) await assignment.saveCheckpoint({ at: 1 })
        await either(assignment.signal, assignment.revoking)
      },
      { signal: stop.signal },
    )
  await one.work("jobs").put("x", { payload: [7] })
  const first = work(one)
  await cluster.advance(2000)
  const second = work(other)
  cluster.pause(one)
  await cluster.advance(12_000)
  const [before, after] = had as Assignment<Json>[] & [Assignment<Json>, Assignment<Json>]
  t.match([before.held, after.held, after.attempt], [false, true, 2])
  t.same([after.payload, after.checkpoint], [[7], { at: 1 }])
  t.ok(after.token > before.token)
  cluster.resume(one)
  await cluster.advance(1000)
  t.match(before.signal.reason, { code: "GRANT_LOST" })
  await t.rejects(before.saveCheckpoint(2), { code: "GRANT_LOST" })
  const input = { name: "jobs", item: "x", token: before.token }
  for (const client of [one, other]) {
    await t.rejects(client.request("work.checkpoint", { ...input, value: 2 }), { code: "GRANT_LOST" })
    await t.rejects(client.request("work.settle", { ...input, result: "done" }), { code: "GRANT_LOST" })
  }
  await after.saveCheckpoint(3)
  stop.abort()
  await cluster.advance(5000)
  await Promise.all([first, second])
  t.same((await one.work("jobs").items()).items, [], "whose function returns has done it")
})

test("of partitions a worker that joins has its share, asked back and handed over; one that is killed leaves all", async (t) => {
  const cluster = testCluster({ seed: 13 })
  const [one, other] = [await cluster.connect(), await cluster.connect({ agent: "a2" })]
  const stop = new AbortController()
  const asked: string[] = []
  const work = (client: Client): Promise<void> =>
    client.work("parts").run(
      async ({ item, signal, revoking }) => {
        await either(signal, revoking)
        if (revoking.aborted && !signal.aborted) asked.push(item)
      },
      { signal: stop.signal },
    )
  const owners = async (): Promise<readonly number[]> => {
    const { items } = await one.work("parts").items()
    const counts = new Map<string | null, number>()
    for (const { worker } of items) counts.set(worker, (counts.get(worker) ?? 0) + 1)
    return [...counts.values()]
  }
  await one.work("parts").configure({ partitions: 4, restartGraceMs: 0 })
  const first = work(one)
  await cluster.advance(5000)
  t.same(await owners(), [4])
  const second = work(other)
  await cluster.advance(60_000)
  t.same(await owners(), [2, 2])
  t.equal(asked.length, 2)
  cluster.kill(other)
  await cluster.advance(2000)
  t.same(await owners(), [4])
  stop.abort()
  await cluster.advance(5000)
  await first
  t.equal(await standing(second), "open", "its process is gone")
})

test("an item that costs every worker its session is given up after its tries, listed, and tried again when asked", async (t) => {
  const cluster = testCluster({ seed: 14 })
  const client = await cluster.connect()
  const jobs = client.work("jobs")
  await jobs.configure({ maxAttempts: 3 })
  await jobs.put("poison")
  const tries: number[] = []
  const stop = new AbortController()
  const run = jobs.run(
    async (assignment) => {
      tries.push(assignment.attempt)
      if (tries.length > 3) return
      cluster.expire(assignment)
      await either(assignment.signal)
    },
    { signal: stop.signal },
  )
  await cluster.advance(60_000)
  t.same(tries, [1, 2, 3])
  t.match((await jobs.items()).items, [{ item: "poison", state: "failed", worker: null }])
  t.match((await jobs.explain("poison")).at(-1), { reason: "its worker was lost: expired" })
  await jobs.retry("poison")
  await cluster.advance(5000)
  t.same([tries.length, (await jobs.items()).items], [4, []])
  stop.abort()
  await cluster.advance(2000)
  await run
})

test("a worker that does not hand back in time loses its item; what it says of it later counts for nothing", async (t) => {
  const cluster = testCluster({ seed: 15 })
  const [one, other] = [await cluster.connect({ ttlMs: 2000 }), await cluster.connect({ agent: "a2" })]
  await one.work("parts").configure({ partitions: 1, handoffTimeoutMs: 2000 })
  const stops = [new AbortController(), new AbortController()] as const
  const had: Assignment<Json>[] = []
  let goOn = (): void => {}
  const first = one.work("parts").run(
    async (assignment) => {
      had.push(assignment)
      await new Promise<void>((resolve) => {
        goOn = resolve
      })
      throw new Error("too late")
    },
    { signal: stops[0].signal },
  )
  await cluster.advance(3000)
  const second = other.work("parts").run(
    async (assignment) => {
      had.push(assignment)
      await either(assignment.signal, assignment.revoking)
    },
    { signal: stops[1].signal },
  )
  stops[0].abort()
  await cluster.advance(1000)
  t.equal(had[0]?.revoking.aborted, true)
  t.equal(had[0]?.held, true)
  await cluster.advance(5000)
  t.match(had[0]?.signal.reason, { details: { reason: "handoff-timeout" } })
  t.match(had[1], { item: "0", held: true, attempt: 1 }, "asked back or lost, it has not failed")
  t.equal(await standing(first), "open", "it waits for what it runs")
  goOn()
  await first
  t.equal(had[1]?.held, true)
  stops[1].abort()
  await cluster.advance(3000)
  await second
  t.match((await one.work("parts").items()).items, [{ state: "free", attempt: 1 }])
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
