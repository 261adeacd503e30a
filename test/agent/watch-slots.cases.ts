import { APPLICATION } from "conclave/api/principal"
import { exhausted, WATCHES_EACH_MAX, WATCHES_MAX, WatchSlots } from "conclave/watch-slots"
import { test } from "tap"

function taken(slots: WatchSlots, connection: object): () => void {
  const release = slots.take(connection, APPLICATION)
  if (typeof release !== "function") throw new Error(release.message)
  return release
}

test("a connection has its slots, and gets back each once", (t) => {
  const slots = new WatchSlots()
  const [one, other] = [{}, {}]
  const releases = Array.from({ length: WATCHES_EACH_MAX }, () => taken(slots, one))
  t.same(slots.take(one, APPLICATION), exhausted("streams of one connection", WATCHES_EACH_MAX))
  const others = taken(slots, other)
  releases[0]?.()
  releases[0]?.()
  t.equal(slots.open, WATCHES_EACH_MAX, "given back twice is given back once")
  taken(slots, one)
  t.match(slots.take(one, APPLICATION), { code: "RESOURCE_EXHAUSTED" })
  others()
  t.equal(slots.open, WATCHES_EACH_MAX)
  t.end()
})

test("all connections share the slots of the agent", (t) => {
  const slots = new WatchSlots()
  const releases: (() => void)[] = []
  for (let each = 0; each < WATCHES_MAX; each++) releases.push(taken(slots, {}))
  const late = {}
  t.match(slots.take(late, APPLICATION), { code: "RESOURCE_EXHAUSTED", details: { limit: WATCHES_MAX } })
  releases[7]?.()
  taken(slots, late)
  t.equal(slots.open, WATCHES_MAX)
  t.end()
})
