import { run } from "@conclave/sim/cli"
import { percentile, table } from "@conclave/sim/experiments/table"
import { test } from "tap"

test("tables align their columns, percentiles are values that were measured", async (t) => {
  t.equal(table(["a", "bb"], [["long", "1"]]), "a     bb\nlong   1\n")
  t.equal(percentile([3, 1, 2], 50), 2)
  t.equal(percentile([3, 1, 2], 99), 3)
  t.ok(Number.isNaN(percentile([], 50)))
})

test("each experiment prints a row for each mode", async (t) => {
  for (const name of ["detection", "mass-death", "boot", "loss", "partition"]) {
    let text = ""
    const code = await run(["--experiment", name, "--agents", "6", "--seed", "1"], (more) => {
      text += more
    })
    t.equal(code, 0)
    for (const mode of ["swim", "lifeguard", "conclave"]) t.match(text, new RegExp(`^${mode} `, "m"), `${name} ${mode}`)
  }
})
