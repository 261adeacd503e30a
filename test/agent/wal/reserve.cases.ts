import { SimFiles, SystemError } from "@conclave/sim/sim-files"
import { isFull, Reserve } from "conclave/wal/reserve"
import { test } from "tap"

test("its place is taken step by step, and given back whole", (t) => {
  const files = new SimFiles(1)
  files.make()
  const reserve = new Reserve(files, 4, 1200 * 1024)
  let steps = 0
  for (; !reserve.isReady; steps++) reserve.fill()
  t.equal(steps, 3, "steps that a batch of the log can wait for")
  t.equal(files.usedBytes, 1200 * 1024)
  reserve.drop()
  t.equal(files.usedBytes, 0)
  t.end()
})

test("only a lack of room is one", (t) => {
  t.ok(isFull(new SystemError("ENOSPC")) && isFull(new SystemError("EDQUOT")))
  t.notOk(isFull(new SystemError("EIO")) || isFull(new Error("ENOSPC")))
  t.end()
})
