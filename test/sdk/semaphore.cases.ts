import { type Client, connect } from "@conclave/sdk"
import { test } from "tap"
import { type HoldStage, openHoldStage } from "../agent/coordination/hold-stage.ts"
import { until } from "../agent/node/until.ts"

type Teardown = Parameters<typeof openHoldStage>[0]

async function connected(t: Teardown, stage: HoldStage): Promise<Client> {
  const client = await connect({ socket: stage.path("application"), name: "test" })
  t.teardown(() => client.close())
  return client
}

test("permits weigh no more together than the limit says, first come, first served", async (t) => {
  const stage = await openHoldStage(t)
  const [one, two] = [await connected(t, stage), await connected(t, stage)]
  const semaphore = one.semaphore("s", { limit: 3 })
  const permit = await semaphore.acquire({ weight: 2, note: "first" })
  t.match(permit, { kind: "semaphore", name: "s", weight: 2, held: true })
  const other = two.semaphore("s", { limit: 3 })
  t.equal(await other.tryAcquire({ weight: 2 }), null)
  const heavy = other.acquire({ weight: 2 })
  await until("it waits", () => stage.cluster.machine.name("semaphore", "s").waiters.length === 1)
  t.equal(await semaphore.tryAcquire(), null, "it is not overtaken")
  t.match(await one.request("hold.get", { kind: "semaphore", name: "s" }), {
    ...{ limit: 3, used: 2, holders: [{ weight: 2, note: "first" }], waiters: [{ weight: 2, position: 1 }] },
  })
  await permit.release()
  t.match(await heavy, { weight: 2, held: true })
  const light = await semaphore.tryAcquire()
  t.match(light, { weight: 1, held: true })
  t.equal(stage.cluster.machine.name("semaphore", "s").used, 3)
})

test("another limit is refused with the one that counts, a weight over the limit before anything is asked", async (t) => {
  const stage = await openHoldStage(t)
  const client = await connected(t, stage)
  const permit = await client.semaphore("s", { limit: 2 }).acquire()
  const other = client.semaphore("s", { limit: 3 })
  const conflict = { code: "CONFLICT", outcome: "not-applied", details: { reason: "limit", current: "2" } }
  await t.rejects(other.acquire(), conflict)
  await t.rejects(other.tryAcquire(), conflict)
  await t.rejects(other.acquire({ weight: 4 }), { code: "INVALID_ARGUMENT", details: { field: "weight" } })
  await t.rejects(client.semaphore("s", { limit: 0 }).acquire(), {
    code: "INVALID_ARGUMENT",
    details: { field: "limit" },
  })
  await permit.release()
  const after = await other.acquire({ weight: 3 })
  t.ok(after.held, "the limit lives as long as anybody is there")
  await client.close()
  const free = stage.cluster.machine.name("semaphore", "s")
  t.match(free, { used: 0, name: { limit: 0 } })
})

test("resize breaks no holder, lets more in, and refuses whoever would wait for ever", async (t) => {
  const stage = await openHoldStage(t)
  const [one, two] = [await connected(t, stage), await connected(t, stage)]
  const semaphore = one.semaphore("s", { limit: 4 })
  const held = [await semaphore.acquire({ weight: 2 }), await semaphore.acquire()]
  const other = two.semaphore("s", { limit: 4 })
  const late = { code: "CONFLICT", outcome: "not-applied", details: { reason: "limit", current: "2" } }
  const heavy = t.rejects(other.acquire({ weight: 3 }), late)
  const light = other.acquire({ weight: 1 })
  const { machine } = stage.cluster
  await until("both wait", () => machine.name("semaphore", "s").waiters.length === 2)
  await semaphore.resize(2)
  await heavy
  t.same(
    [held.map((each) => each.held), machine.name("semaphore", "s").used],
    [[true, true], 3],
    "held beyond the limit",
  )
  t.equal(await semaphore.tryAcquire(), null, "this object knows the new one")
  await t.rejects(other.tryAcquire(), { code: "CONFLICT", details: { current: "2" } })
  await held[1]?.release()
  t.equal(machine.name("semaphore", "s").waiters.length, 1, "no room yet")
  await semaphore.resize(3)
  t.ok((await light).held)
  await one.semaphore("unused", { limit: 1 }).resize(9)
  t.equal(machine.name("semaphore", "unused").name, undefined, "the next one says it")
})
