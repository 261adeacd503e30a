import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { type LogOptions, type OpenLog, openLog } from "conclave/node/log"
import { test } from "tap"

/** What a log had written when its flush was over. */
async function written(options: Omit<LogOptions, "fd">, write: (log: OpenLog) => void): Promise<readonly string[]> {
  const directory = mkdtempSync(join(tmpdir(), "conclave-test-"))
  const path = join(directory, "log")
  const fd = openSync(path, "a")
  const log = openLog({ ...options, fd })
  write(log)
  log.write("error", "test.last", "the end")
  await log.flush()
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

test("a process that must not go on writes all its lines at once", (t) => {
  const directory = mkdtempSync(join(tmpdir(), "conclave-test-"))
  const path = join(directory, "log")
  const fd = openSync(path, "a")
  const log = openLog({ level: "info", format: "json", fd })
  for (let line = 0; line < 3; line++) log.write("error", "agent.bug", `line ${line}`)
  log.writeLast("error", "agent.bug", "the last")
  // The first may be in the hands of a thread; the others are there.
  const text = readFileSync(path, "utf8")
  for (const line of [1, 2]) t.match(text, `line ${line}`)
  t.match(text, /the last"\}\n/, "the last goes by no thread")
  rmSync(directory, { recursive: true })
  t.end()
})
