import { writeFileSync } from "node:fs"
import { join } from "node:path"
import { machineId } from "conclave/node/machine-id"
import { test } from "tap"
import { temporaryDirectory } from "../local-stage.ts"

test("a machine has the id that its system wrote down, or none", (t) => {
  const file = join(temporaryDirectory(t), "machine-id")
  t.equal(machineId(file), null)
  for (const [text, id] of [
    ["0123456789abcdef0123456789abcdef\n", "0123456789abcdef0123456789abcdef"],
    ["uninitialized\n", null],
    ["", null],
  ] as const) {
    writeFileSync(file, text)
    t.equal(machineId(file), id)
  }
  t.end()
})
