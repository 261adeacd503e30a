import { KernelDrops } from "conclave/node/kernel-drops"
import { test } from "tap"

test("a port that nobody has drops nothing", (t) => {
  t.equal(new KernelDrops(4, 1).read(), 0)
  t.equal(new KernelDrops(6, 1).read(), 0)
  t.end()
})
