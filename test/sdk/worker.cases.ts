import type { Assignment, Client } from "@conclave/sdk"
import { testCluster } from "@conclave/testing/index"
import { test } from "tap"
import { until } from "../agent/node/until.ts"
import { openWorkStage } from "./work-stage.ts"

test("an item that was asked back and is given up has not failed", async (t) => {
  const stage = await openWorkStage(t)
  const client = await stage.connected()
  const jobs = client.work("jobs")
  await jobs.put("x")
  const stop = new AbortController()
  const run = jobs.run(
    async ({ revoking }) => {
      await new Promise<void>((resolve) => revoking.addEventListener("abort", () => resolve(), { once: true }))
      throw revoking.reason
    },
    { signal: stop.signal },
  )
  await until("it works", () => stage.cluster.machine.item("jobs", "x")?.state === "assigned")
  stop.abort()
  await run
  t.match(stage.cluster.machine.item("jobs", "x"), {
    state: "free",
    attempt: 1,
    decisions: [{}, {}, { reason: "released" }],
  })
})

test("an abort before the worker has joined leaves nobody there", async (t) => {
  const stage = await openWorkStage(t)
  const client = await stage.connected()
  const stop = new AbortController()
  const run = client.work("jobs").run(async () => {}, { signal: stop.signal })
  stop.abort()
  await run
  await until("nobody is there", () => stage.cluster.machine.name("work", "jobs").holders.length === 0)
  await t.rejects(
    client.work("jobs").run(async () => {}, { signal: undefined as never }),
    { code: "INVALID_ARGUMENT" },
  )
})

test("the newest worker of an id wins, and the older one ends with why instead of taking the id back", async (t) => {
  const stage = await openWorkStage(t)
  const [older, newer] = [await stage.connected(), await stage.connected()]
  const begun: string[] = []
  const stop = new AbortController()
  const worker = (who: string, client: Client): Promise<void> =>
    client.work("parts").run(
      async ({ item, revoking, signal }) => {
        begun.push(`${who} ${item}`)
        await either(revoking, signal)
      },
      { signal: stop.signal, id: "w" },
    )
  await older.work("parts").configure({ partitions: 1 })
  const first = worker("older", older)
  await until("it works", () => begun.length === 1)
  const second = worker("newer", newer)
  await t.rejects(first, { code: "GRANT_LOST", outcome: "not-applied", details: { reason: "fenced" } })
  await until("the newer one works", () => begun.length === 2)
  t.same(begun, ["older 0", "newer 0"])
  t.equal(stage.cluster.machine.name("work", "parts").holders.length, 1)
  stop.abort()
  await second
})

test("a worker that is revoked ends with why, after what it had was asked back", async (t) => {
  const stage = await openWorkStage(t)
  const client = await stage.connected()
  await client.work("parts").configure({ partitions: 1 })
  let asked: unknown
  const run = client.work("parts").run(
    async ({ revoking, signal }) => {
      await either(revoking, signal)
      asked = revoking.reason
    },
    { signal: new AbortController().signal },
  )
  run.catch(() => {})
  await until("it works", () => stage.cluster.machine.item("parts", "0")?.state === "assigned")
  const what = { kind: "work", name: "parts", token: undefined } as const
  stage.cluster.apply({ kind: "revoke", what, graceMs: 200, by: "somebody", reason: "too old" })
  await until("it is asked back", () => asked !== undefined)
  t.match(asked, { details: { by: "somebody", reason: "too old" } })
  await t.rejects(run, { code: "GRANT_LOST", details: { reason: "revoked" } })
  // Its own clock is ahead of the cluster's.
  await until("nobody is there", () => stage.cluster.machine.name("work", "parts").holders.length === 0)
})

test("an item that comes back to its worker is begun when nothing runs for it any more", async (t) => {
  const stage = await openWorkStage(t)
  const client = await stage.connected()
  const jobs = client.work("jobs")
  await jobs.put("x")
  const tokens: bigint[] = []
  let running = 0
  let most = 0
  let goOn = (): void => {}
  const stop = new AbortController()
  const run = jobs.run(
    async (assignment) => {
      most = Math.max(most, ++running)
      tokens.push(assignment.token)
      if (tokens.length === 1) {
        await assignment.release()
        await new Promise<void>((resolve) => {
          goOn = resolve
        })
      }
      running--
    },
    { signal: stop.signal },
  )
  const ownedAgain = (): boolean => {
    const { owner } = stage.cluster.machine.item("jobs", "x") ?? {}
    return owner !== undefined && tokens.length > 0 && BigInt(owner.token) > (tokens[0] as bigint)
  }
  await until("it has come back", ownedAgain)
  await client.status()
  t.equal(tokens.length, 1, "it waits")
  goOn()
  await until("it is done", () => stage.cluster.machine.item("jobs", "x") === undefined)
  t.same([tokens.length, most], [2, 1])
  stop.abort()
  await run
})

test("an item that is asked back before it could begin is handed back unseen", async (t) => {
  const stage = await openWorkStage(t)
  const client = await stage.connected()
  const jobs = client.work("jobs")
  await jobs.put("x")
  const tokens: bigint[] = []
  let goOn = (): void => {}
  const stop = new AbortController()
  const run = jobs.run(
    async (assignment) => {
      tokens.push(assignment.token)
      await assignment.release()
      await new Promise<void>((resolve) => {
        goOn = resolve
      })
    },
    { signal: stop.signal },
  )
  await until("it has come back", () => {
    const { owner } = stage.cluster.machine.item("jobs", "x") ?? {}
    return owner !== undefined && tokens.length > 0 && BigInt(owner.token) > (tokens[0] as bigint)
  })
  stop.abort()
  goOn()
  await run
  t.match(stage.cluster.machine.item("jobs", "x"), { state: "free", attempt: 1 })
  t.equal(tokens.length, 1)
})

test("an item whose end was lost with its agent is not begun again under its token, nor held beside its next worker", async (t) => {
  const cluster = testCluster({ seed: 5 })
  const [one, two] = [await cluster.connect({ agent: "a2" }), await cluster.connect({ agent: "a3" })]
  await two.work("parts").configure({ partitions: 1 })
  const given: Assignment<unknown>[] = []
  let goOn = (): void => {}
  const stop = new AbortController()
  one
    .work("parts")
    .run(
      async (assignment) => {
        given.push(assignment)
        if (given.length > 1) return await either(assignment.signal)
        await new Promise<void>((resolve) => {
          goOn = resolve
        })
        cluster.kill("a2")
      },
      { signal: stop.signal, id: "one" },
    )
    .catch(() => {})
  await cluster.advance(2000)
  two
    .work("parts")
    .run(
      async (assignment) => {
        given.push(assignment)
        await either(assignment.signal)
      },
      { signal: stop.signal, id: "two" },
    )
    .catch(() => {})
  await cluster.advance(1000)
  goOn()
  await cluster.advance(50)
  cluster.restart("a2")
  for (let second = 0; second < 12; second++) {
    await cluster.advance(1000)
    t.ok(given.filter(({ held }) => held).length <= 1, "at most one believes that it has it")
  }
  t.ok(given.length > 1, "it has gone on")
  t.equal(new Set(given.map(({ token }) => token)).size, given.length, "each time under a token of its own")
})

test("an end that nobody could take while nobody led is taken when somebody does, as long as the worker lives", async (t) => {
  const cluster = testCluster({ seed: 5 })
  const [one, other] = [await cluster.connect({ agent: "a2", ttlMs: 60_000 }), await cluster.connect({ agent: "a1" })]
  await other.work("jobs").put("x")
  let runs = 0
  let goOn = (): void => {}
  const stop = new AbortController()
  const run = one.work("jobs").run(
    async () => {
      runs++
      await new Promise<void>((resolve) => {
        goOn = resolve
      })
    },
    { signal: stop.signal },
  )
  await cluster.advance(2000)
  cluster.partition("a2", ["a1", "a3"])
  await cluster.advance(100)
  goOn()
  await cluster.advance(15_000)
  cluster.heal()
  await cluster.advance(20_000)
  t.same((await other.work("jobs").items()).items, [])
  t.equal(runs, 1)
  t.equal(one.session.state, "live")
  stop.abort()
  await run
})

async function either(...signals: readonly AbortSignal[]): Promise<void> {
  await new Promise<void>((resolve) => {
    for (const each of signals) {
      if (each.aborted) resolve()
      else each.addEventListener("abort", () => resolve(), { once: true })
    }
  })
}
