import { spawn, spawnSync } from "node:child_process"
import { existsSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { NODE_PORTS } from "@conclave/sdk/node-ports"
import { test } from "tap"
import { temporaryDirectory } from "../agent/local-stage.ts"

test("a timer fires once, unless it was cleared", async (t) => {
  let fired = 0
  NODE_PORTS.timer(1, () => fired++).clear()
  await new Promise<void>((resolve) => NODE_PORTS.timer(1, resolve))
  await new Promise<void>((resolve) => NODE_PORTS.timer(0, resolve))
  t.equal(fired, 0)
})

test("what has come while this process stood still is read before time is called", async (t) => {
  const flag = join(temporaryDirectory(t), "said")
  const script = 'read asked; echo answer; : > "$0"'
  const child = spawn("sh", ["-c", script, flag], { stdio: ["pipe", "pipe", "inherit"] })
  const said: string[] = []
  child.stdout.on("data", () => said.push("answer"))
  await new Promise<void>((resolve) => child.once("spawn", resolve))
  // What is due is looked at next after this phase of the loop.
  await new Promise<void>((resolve) => setImmediate(resolve))
  child.stdin.write("asked\n")
  const late = new Promise<void>((resolve) => NODE_PORTS.timer(1, () => resolve(void said.push("late"))))
  const fromMs = performance.now()
  while (!existsSync(flag) || performance.now() < fromMs + 2);
  await late
  t.same(said, ["answer", "late"])
})

test("a timer that need not keep the process alive does not", (t) => {
  const path = JSON.stringify(new URL(import.meta.resolve("@conclave/sdk/node-ports")).href)
  const code = `const { NODE_PORTS } = await import(${path}); NODE_PORTS.timer(600_000, () => {}).keepAlive(false)`
  const { status } = spawnSync(process.execPath, ["--input-type=module", "-e", code], { timeout: 120_000 })
  t.equal(status, 0)
  t.end()
})

test("what acts is called at the end of this turn", async (t) => {
  const said: string[] = []
  NODE_PORTS.soon(() => said.push("soon"))
  said.push("now")
  await new Promise<void>((resolve) => setImmediate(resolve))
  t.strictSame(said, ["now", "soon"])
})

test("a process claims what the system says of it", (t) => {
  const fields = readFileSync("/proc/self/stat", "latin1").split(") ")[1]?.split(" ")
  t.strictSame(NODE_PORTS.ownProcess(), { pid: process.pid, startTime: Number(fields?.[19]) })
  t.end()
})
