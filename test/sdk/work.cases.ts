import type { Decision, Json, View, WorkItem } from "@conclave/sdk"
import { test } from "tap"
import { until } from "../agent/node/until.ts"
import { openWorkStage } from "./work-stage.ts"

test("tasks are put, worked on once each, and gone when they are done", async (t) => {
  const stage = await openWorkStage(t)
  const client = await stage.connected()
  const jobs = client.work<{ n: number }>("jobs")
  for (let n = 0; n < 20; n++) await jobs.put(`job-${n}`, { payload: { n } })
  t.equal((await jobs.items()).items.length, 20)
  const done: number[] = []
  const stop = new AbortController()
  const run = jobs.run(
    async ({ payload, token, attempt, held, kind, name }) => {
      t.same([token > 0n, attempt, held, kind, name], [true, 1, true, "work", "jobs"])
      done.push(payload.n)
    },
    { signal: stop.signal, capacity: 3 },
  )
  await until("all are done", () => stage.cluster.machine.pool("jobs") === undefined)
  stop.abort()
  await run
  t.same(
    done.sort((a, b) => a - b),
    Array.from({ length: 20 }, (_, n) => n),
  )
  t.same(stage.cluster.machine.name("work", "jobs").holders, [])
})

test("a task that throws is tried again with its checkpoint, and given up after so many tries", async (t) => {
  const stage = await openWorkStage(t)
  const client = await stage.connected()
  const jobs = client.work("jobs")
  await jobs.configure({ maxAttempts: 2 })
  await jobs.put("x")
  const seen: Json[] = []
  const stop = new AbortController()
  const run = jobs.run(
    async (assignment) => {
      seen.push([assignment.attempt, assignment.checkpoint])
      await assignment.saveCheckpoint({ at: seen.length })
      throw new Error("no luck")
    },
    { signal: stop.signal },
  )
  await until("it is given up", () => stage.cluster.machine.item("jobs", "x")?.state === "failed")
  t.same(seen, [
    [1, null],
    [2, { at: 1 }],
  ])
  const why: readonly Decision[] = await jobs.explain("x")
  t.match(why, [{ reason: "least loaded" }, { reason: "failed: no luck" }, {}, { reason: "failed: no luck" }])
  await jobs.retry("x")
  await until("it is tried again", () => seen.length > 2)
  stop.abort()
  await run
  await t.rejects(jobs.retry("y"), { code: "NOT_FOUND" })
})

test("of partitions a second worker has its share, asked back politely; an abort hands back all", async (t) => {
  const stage = await openWorkStage(t)
  const [one, two] = [await stage.connected(), await stage.connected()]
  const rev = await one.work("parts").configure({ partitions: 4 }, { ifRev: 0n })
  await t.rejects(one.work("parts").configure({ partitions: 5 }, { ifRev: 0n }), { code: "CONFLICT" })
  t.ok(rev > 0n)
  const mine = new Map<string, number>()
  const works = (id: string) => {
    const stop = new AbortController()
    const client = id === "a" ? one : two
    const run = client.work("parts").run(
      async ({ revoking, signal }) => {
        mine.set(id, (mine.get(id) ?? 0) + 1)
        await new Promise<void>((resolve) => {
          for (const each of [revoking, signal]) {
            if (each.aborted) resolve()
            each.addEventListener("abort", () => resolve(), { once: true })
          }
        })
        mine.set(id, (mine.get(id) ?? 0) - 1)
      },
      { signal: stop.signal, id },
    )
    return { stop, run }
  }
  const a = works("a")
  await until("the first has all", () => mine.get("a") === 4)
  const b = works("b")
  await until("each has half", () => mine.get("a") === 2 && mine.get("b") === 2)
  a.stop.abort()
  await a.run
  t.equal(mine.get("a"), 0)
  await until("the second has all", () => mine.get("b") === 4)
  b.stop.abort()
  await b.run
})

test("a worker whose session is lost is told that its items are over, and joins again", async (t) => {
  const stage = await openWorkStage(t)
  const client = await stage.connected()
  const jobs = client.work("jobs")
  await jobs.configure({ partitions: 1, restartGraceMs: 0 })
  const stop = new AbortController()
  const tokens: bigint[] = []
  const run = jobs.run(
    async ({ signal, revoking, token, assertHeld }) => {
      tokens.push(token)
      void assertHeld
      await new Promise<void>((resolve) => {
        for (const each of [signal, revoking]) each.addEventListener("abort", () => resolve(), { once: true })
      })
    },
    { signal: stop.signal },
  )
  await until("it works", () => tokens.length === 1)
  const { id } = client.session
  stage.cluster.apply({ kind: "end", session: id as never, of: undefined, cause: "exited", isGone: true })
  await until("it works again", () => tokens.length === 2)
  t.ok((tokens[1] as bigint) > (tokens[0] as bigint))
  stop.abort()
  await run
})

test("an item that is removed, or taken away, aborts its assignment", async (t) => {
  const stage = await openWorkStage(t)
  const client = await stage.connected()
  const jobs = client.work("jobs")
  await jobs.put("x")
  const stop = new AbortController()
  const reasons: unknown[] = []
  let isHeld = true
  const run = jobs.run(
    async (assignment) => {
      const { signal } = assignment
      await new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }))
      reasons.push(signal.reason)
      isHeld = assignment.held
      await t.rejects(assignment.saveCheckpoint(1), { code: "GRANT_LOST" })
      t.throws(() => assignment.assertHeld(), { code: "GRANT_LOST" })
    },
    { signal: stop.signal },
  )
  await until("it works", () => stage.cluster.machine.item("jobs", "x")?.state === "assigned")
  t.equal(await jobs.remove("x"), true)
  t.equal(await jobs.remove("x"), false)
  await until("it has heard", () => reasons.length === 1)
  t.match(reasons, [{ code: "GRANT_LOST", details: { reason: "removed" } }])
  t.equal(isHeld, false)
  stop.abort()
  await run
})

test("views of items, one for each change", async (t) => {
  const stage = await openWorkStage(t)
  const client = await stage.connected()
  const jobs = client.work("jobs")
  await jobs.put("a", { weight: 2 })
  const views: View<WorkItem>[] = []
  for await (const view of jobs.watch()) {
    views.push(view)
    if (views.length === 1) await jobs.put("b", { pin: "w", payload: [1] })
    else break
  }
  t.match(views[0], { items: [{ item: "a", weight: 2, state: "free", payload: null }] })
  t.match(views[1], {
    items: [{ item: "a" }, { item: "b", pin: "w" }],
    changes: [{ type: "put", item: { item: "b" } }],
  })
})
