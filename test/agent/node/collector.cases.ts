import { execFile } from "node:child_process"
import { constants, PerformanceObserver } from "node:perf_hooks"
import { promisify } from "node:util"
import { collectYoung } from "conclave/node/collector"
import { test } from "tap"
import { until } from "./until.ts"

test("what is young is collected, each time it is asked for", async (t) => {
  const kinds: number[] = []
  const observer = new PerformanceObserver((list) => {
    for (const { detail } of list.getEntries()) kinds.push((detail as { kind: number }).kind)
  })
  observer.observe({ entryTypes: ["gc"] })
  t.teardown(() => observer.disconnect())
  for (let count = 0; count < 10; count++) collectYoung()
  const young = (): number => kinds.filter((kind) => kind === constants.NODE_PERFORMANCE_GC_MINOR).length
  await until("the collections are told of", () => young() >= 10)
})

test("this V8 knows what it is told", async (t) => {
  const program = `
    const { collectYoung } = await import(${JSON.stringify(import.meta.resolve("conclave/node/collector"))})
    collectYoung()
  `
  const { stdout, stderr } = await promisify(execFile)(process.execPath, ["--input-type=module", "-e", program])
  t.same([stdout, stderr], ["", ""])
})
