import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { type LogOptions, type OpenLog, openLog } from "conclave/node/log"
import { test } from "tap"
import { until } from "./until.ts"

/** What a log wrote when it was flushed. */
async function written(options: Omit<LogOptions, "fd">, write: (log: OpenLog) => void): Promise<readonly string[]> {
  const directory = mkdtempSync(join(tmpdir(), "conclave-test-"))
  const path = join(directory, "log")
  const fd = openSync(path, "a")
  const log = openLog({ ...options, fd })
  write(log)
  log.write("error", "test.last", "the end")
  log.flush()
  await until("all is written", () => readFileSync(path, "utf8").includes("test.last"))
  const lines = readFileSync(path, "utf8").split("\n").slice(0, -2)
  closeSync(fd)
  rmSync(directory, { recursive: true })
  return lines
}

test("a line is one JSON object with a stable event key and a level by name", async (t) => {
  const lines = await written({ level: "info", format: "json" }, (log) => {
    log.write("info", "agent.ready", "ready", { addr: "127.0.0.1:1", pages: 3 })
  })
  const [line] = lines.map((each) => JSON.parse(each) as Record<string, unknown>)
  t.match(line, { level: "info", event: "agent.ready", msg: "ready", addr: "127.0.0.1:1", pages: 3, pid: process.pid })
  t.match(line?.["time"], /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
  t.equal(lines.length, 1)
})

test("below the level nothing is written, and the level can be changed", async (t) => {
  const lines = await written({ level: "warn", format: "json" }, (log) => {
    log.write("info", "test.hidden", "not seen")
    log.setLevel("debug")
    log.write("debug", "test.seen", "seen")
  })
  t.same(
    lines.map((line) => (JSON.parse(line) as { event: string }).event),
    ["test.seen"],
  )
})

test("the pretty form has one line a message, fields behind it, and no raw control characters", async (t) => {
  const lines = await written({ level: "info", format: "pretty" }, (log) => {
    log.write("warn", "member.dead", "n2 is dead", { addr: "10.0.0.1:7951", note: "two words\n", list: [1, 2] })
  })
  t.equal(lines.length, 1)
  t.match(
    lines[0],
    /^\d\d:\d\d:\d\d\.\d{3} WARN {2}member\.dead {2}n2 is dead addr=10\.0\.0\.1:7951 note="two words\\n" list=\[1,2\]$/,
  )
})
