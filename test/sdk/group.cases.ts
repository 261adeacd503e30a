import { type Client, connect, type Holder, type Json, type View } from "@conclave/sdk"
import { test } from "tap"
import { type HoldStage, openHoldStage } from "../agent/coordination/hold-stage.ts"
import { until } from "../agent/node/until.ts"

type Teardown = Parameters<typeof openHoldStage>[0]

async function connected(t: Teardown, stage: HoldStage): Promise<Client> {
  const client = await connect({ socket: stage.path("application"), name: "test" })
  t.teardown(() => client.close())
  return client
}

function ids(view: View<Holder<Json>> | undefined): unknown[] {
  return (view?.items ?? []).map(({ id }) => id)
}

test("a member has an id and a value, is ready or not, and leaves when it wants to", async (t) => {
  const stage = await openHoldStage(t)
  const client = await connected(t, stage)
  const group = client.group<{ port: number }>("web")
  const member = await group.join({ id: "w-1", value: { port: 1 }, ready: false })
  t.match(member, { kind: "group", name: "web", id: "w-1", held: true })
  const other = await group.join()
  t.match(other.id, /^[a-z2-7]{26}\.\d+$/, "by default one that nobody else has")
  await member.update({ value: { port: 2 }, ready: true, note: "here" })
  const list = await group.list()
  t.same(ids(list), [other.id, "w-1"].sort())
  t.match(
    list.items.find(({ id }) => id === "w-1"),
    { token: member.token, value: { port: 2 }, ready: true, note: "here", app: "test" },
  )
  await member.release()
  t.same(ids(await group.list({ stale: true })), [other.id])
})

test("the newest of an id wins, and the older one is lost as fenced", async (t) => {
  const stage = await openHoldStage(t)
  const [one, two] = [await connected(t, stage), await connected(t, stage)]
  const older = await one.group("web").join({ id: "w-1" })
  const newer = await two.group("web").join({ id: "w-1" })
  await until("the older one hears of it", () => older.signal.aborted)
  t.match(older.signal.reason, { code: "GRANT_LOST", details: { reason: "fenced" } })
  t.same([older.held, newer.held], [false, true])
  t.same(ids(await one.group("web").list()), ["w-1"])
  await t.rejects(older.release(), { code: "GRANT_LOST" })
})

test("a watch tells every change once, in order, with its reason", async (t) => {
  const stage = await openHoldStage(t)
  const [one, two] = [await connected(t, stage), await connected(t, stage)]
  const watch = one.group("web").watch()
  const first = await watch.next()
  t.same([first.value?.items, first.value?.changes, first.value?.reset], [[], [], false])
  const told: unknown[] = []
  const next = async (): Promise<View<Holder<Json>>> => {
    const { value } = (await watch.next()) as { value: View<Holder<Json>> }
    for (const { type, item, reason } of value.changes) told.push([type, item.id, item.value, reason])
    return value
  }
  const member = await two.group("web").join({ id: "w-1", value: 1 })
  await next()
  await member.update({ value: 2 })
  await next()
  await two.close()
  t.same(ids(await next()), [])
  t.same(told, [
    ["put", "w-1", 1, "joined"],
    ["put", "w-1", 2, "updated"],
    ["delete", "w-1", 2, "closed"],
  ])
  await watch.return?.()
})

test("a group of thousands is seen whole, and a change of it costs no more than one of a few", async (t) => {
  const stage = await openHoldStage(t)
  const [one, two] = [await connected(t, stage), await connected(t, stage)]
  const group = two.group("web")
  const members = await Promise.all(Array.from({ length: 2000 }, (_, at) => group.join({ id: `m-${at}` })))
  const watch = one.group("web").watch()
  t.equal((await watch.next()).value?.items.length, 2000)
  t.equal((await one.group("web").list()).items.length, 2000, "over HTTP, as no frame holds it")
  await members[7]?.release()
  const { value } = await watch.next()
  t.match(value?.changes, [{ type: "delete", item: { id: "m-7" }, reason: "released" }])
  t.same([value?.items.length, value?.reset], [1999, false])
  await watch.return?.()
})
