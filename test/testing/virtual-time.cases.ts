import { World } from "@conclave/sim/world"
import { VirtualTime } from "@conclave/testing/virtual-time"
import { test } from "tap"

test("what waited for an event goes on before the next event", async (t) => {
  const time = new VirtualTime(new World(1))
  const said: string[] = []
  let told = (): void => {}
  const waits = new Promise<void>((resolve) => {
    told = resolve
  })
  time.world.after(1000, () => {
    time.touched()
    told()
  })
  time.world.after(1001, () => said.push("next event"))
  waits.then(() => Promise.resolve()).then(() => said.push("promise"))
  await time.advance(10)
  t.strictSame(said, ["promise", "next event"])
  t.equal(time.world.nowUs, 10_000)
})

test("time goes on by itself after somebody asked, and then stands", async (t) => {
  const time = new VirtualTime(new World(1))
  let count = 0
  const again = (): void => {
    count++
    time.world.after(50_000, again)
  }
  again()
  time.asked()
  while (time.world.nowUs < 200_000) await new Promise((resolve) => setImmediate(resolve))
  for (let turns = 0; turns < 5; turns++) await new Promise((resolve) => setImmediate(resolve))
  t.equal(time.world.nowUs, 200_000)
  t.equal(count, 5)
})

test("a longer wait includes a shorter one", async (t) => {
  const time = new VirtualTime(new World(1))
  const [long, short] = [time.advance(1000), time.advance(10)]
  await short
  await long
  t.equal(time.world.nowUs, 1_000_000)
})
