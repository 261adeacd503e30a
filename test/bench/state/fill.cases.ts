import { FilledState, lockName, poolName } from "@conclave/bench/state/fill"
import { test } from "tap"
import { SMALL } from "./small.ts"

test("a filled state has everything that its size says, and is sound", async (t) => {
  const { machine } = new FilledState(SMALL)
  t.same(machine.problems(), [])
  t.equal([...machine.sessions()].length, 40)
  t.equal([...machine.hosts()].length, 4)
  for (const { id } of machine.sessions()) t.match(machine.answer(id, 3), { kind: "written" }, "it has asked before")
  t.equal(machine.names("lock", "").length, 30)
  t.equal(machine.name("lock", lockName(7)).name?.history.length, 1, "others have held it before")
  t.equal(machine.names("group", "").length, 4)
  t.equal(machine.name("group", "group/0").holders.length, 10)
  const items = [0, 1].flatMap((at) => [...(machine.pool(poolName(at))?.book?.items.values() ?? [])])
  t.equal(items.length, 20)
  t.ok(items.every(({ state, payload }) => state === "assigned" && payload !== undefined))
})
