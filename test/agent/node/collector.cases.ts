import { execFile } from "node:child_process"
import { promisify } from "node:util"
import { test } from "tap"

test("this V8 knows what it is told", async (t) => {
  const program = `
    const { collectYoung } = await import(${JSON.stringify(import.meta.resolve("conclave/node/collector"))})
    collectYoung()
  `
  const { stdout, stderr } = await promisify(execFile)(process.execPath, ["--input-type=module", "-e", program])
  t.same([stdout, stderr], ["", ""])
})
