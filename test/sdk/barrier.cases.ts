import { type Client, connect } from "@conclave/sdk"
import { testCluster } from "@conclave/testing/index"
import { test } from "tap"
import { type HoldStage, openHoldStage } from "../agent/coordination/hold-stage.ts"
import { until } from "../agent/node/until.ts"

type Teardown = Parameters<typeof openHoldStage>[0]

async function connected(t: Teardown, stage: HoldStage): Promise<Client> {
  const client = await connect({ socket: stage.path("application"), name: "test" })
  t.teardown(() => client.close())
  return client
}

function waiters({ cluster }: HoldStage): number {
  return cluster.machine.name("barrier", "b").waiters.length
}

test("a barrier opens once for as many as it takes, and then again for the next ones", async (t) => {
  const stage = await openHoldStage(t)
  const clients = [await connected(t, stage), await connected(t, stage), await connected(t, stage)]
  const arrive = (at: number) => (clients[at] as Client).barrier("b", { parties: 3 })
  const first = [arrive(0)]
  await until("one waits", () => waiters(stage) === 1)
  first.push(arrive(1))
  await until("two wait", () => waiters(stage) === 2)
  first.push(arrive(2))
  const opened = await Promise.all(first)
  t.same(
    opened.map(({ index }) => index),
    [0, 1, 2],
    "in the order in which they came",
  )
  t.equal(new Set(opened.map(({ generation }) => generation)).size, 1)
  const again = await Promise.all([arrive(2), arrive(1), arrive(0)])
  t.equal(new Set(again.map(({ generation }) => generation)).size, 1)
  t.ok((again[0]?.generation ?? 0n) > (opened[0]?.generation ?? 0n), "generations grow")
  const request = await (clients[0] as Client).request("barrier", { name: "b", parties: 1 })
  t.match(request, { index: 0, rev: BigInt, generation: BigInt })
})

test("another number of parties is refused; who gives up in any way is no ghost", async (t) => {
  const stage = await openHoldStage(t)
  const [one, two] = [await connected(t, stage), await connected(t, stage)]
  const abort = new AbortController()
  const given = t.rejects(one.barrier("b", { parties: 2, signal: abort.signal }), { message: "enough" })
  await until("one waits", () => waiters(stage) === 1)
  const conflict = { code: "CONFLICT", outcome: "not-applied", details: { reason: "parties", current: "2" } }
  await t.rejects(two.barrier("b", { parties: 3 }), conflict)
  abort.abort(new Error("enough"))
  await given
  await until("nobody waits", () => waiters(stage) === 0)
  await t.rejects(two.barrier("b", { parties: 2, waitMs: 50 }), { code: "WAIT_TIMEOUT", outcome: "not-applied" })
  t.equal(waiters(stage), 0)
  const lost = t.rejects(one.barrier("b", { parties: 2 }), { code: "CLOSED" })
  await until("one waits", () => waiters(stage) === 1)
  await one.close()
  await lost
  await until("nobody waits", () => waiters(stage) === 0)
  await t.rejects(two.barrier("b", { parties: 0 }), { code: "INVALID_ARGUMENT", details: { field: "parties" } })
  await t.rejects(two.barrier("b", { parties: 10_001 }), { code: "RESOURCE_EXHAUSTED", outcome: "not-applied" })
})

test("a connection that breaks loses no place, and whoever was there when it opened hears of it later", async (t) => {
  const stage = await openHoldStage(t)
  const [one, two] = [await connected(t, stage), await connected(t, stage)]
  // Its answer is lost with the connection; the next one resumes under the same number.
  const first = one.barrier("b", { parties: 2 })
  await until("one waits", () => waiters(stage) === 1)
  stage.cluster.losesAnswers = ({ kind }) => kind === "acquire"
  const second = two.barrier("b", { parties: 2 })
  const [a, b] = await Promise.all([first, second])
  t.same([a.index, b.index, a.generation === b.generation], [0, 1, true])
})

test("who has written much while it waited hears what became of it as anybody does", async (t) => {
  const cluster = testCluster({ seed: 5 })
  const [one, two] = [await cluster.connect({ agent: "a2" }), await cluster.connect({ agent: "a3" })]
  const waiting = one.barrier("b", { parties: 2 })
  const held = await two.semaphore("s", { limit: 5 }).acquire()
  const tooHeavy = one.semaphore("s", { limit: 5 }).acquire({ weight: 5 })
  tooHeavy.catch(() => {})
  for (let count = 0; count < 130; count++) await one.kv.put("k", count)
  await two.barrier("b", { parties: 2 })
  t.match(await waiting, { index: 0 })
  await two.semaphore("s", { limit: 5 }).resize(2)
  await t.rejects(tooHeavy, { code: "CONFLICT", details: { reason: "limit", current: "2" } })
  await held.release()
})
