import { spawnSync } from "node:child_process"
import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { openDataDirectory } from "conclave/node/data-directory"
import { test } from "tap"

function folder(): string {
  return mkdtempSync(join(tmpdir(), "conclave-test-"))
}

test("a data directory is made private, and only one agent gets it", async (t) => {
  const top = folder()
  const path = join(top, "state", "conclave")
  const first = await openDataDirectory(path)
  t.match(first, { kind: "open", writable: true, problem: undefined })
  t.equal(statSync(path).mode & 0o777, 0o700)
  const second = await openDataDirectory(path)
  t.equal(second.kind, "inUse")
  t.match(second.kind === "inUse" && second.message, new RegExp(`agent \\(pid ${process.pid}\\) uses .*--data-dir`))
  if (first.kind === "open") await first.close()
  const third = await openDataDirectory(path)
  t.equal(third.kind, "open")
  if (third.kind === "open") await third.close()
  rmSync(top, { recursive: true })
})

test("a directory that is open to others is closed to them", async (t) => {
  const path = folder()
  chmodSync(path, 0o755)
  const opened = await openDataDirectory(path)
  t.equal(statSync(path).mode & 0o777, 0o700)
  if (opened.kind === "open") await opened.close()
  rmSync(path, { recursive: true })
})

test("a path that cannot be a directory is survived and said", async (t) => {
  const top = folder()
  writeFileSync(join(top, "file"), "")
  const opened = await openDataDirectory(join(top, "file", "data"))
  t.match(opened, { kind: "open", writable: false })
  if (opened.kind !== "open") return
  t.match(opened.problem, /cannot be written: ENOTDIR/)
  t.equal(opened.disk.read("node.key"), undefined)
  const result = await new Promise((resolve) => opened.disk.replace("a", new Uint8Array(1), resolve))
  t.match(result, { ok: false, code: "ENOTDIR" })
  await opened.close()
  rmSync(top, { recursive: true })
})

test("a directory without the right to write is survived and said", (t) => {
  const top = folder()
  const path = join(top, "data")
  mkdirSync(path)
  writeFileSync(join(path, "kept"), "kept")
  chmodSync(top, 0o755)
  chmodSync(path, 0o555)
  // Root may write everywhere, so somebody else has to try.
  const source = `
    const { openDataDirectory } = await import(${JSON.stringify(import.meta.resolve("conclave/node/data-directory"))})
    if (process.getuid() === 0) process.setuid(65534)
    const opened = await openDataDirectory(process.argv[1])
    const kept = opened.disk.read("kept")?.toString()
    console.log(JSON.stringify({ writable: opened.writable, problem: opened.problem, kept }))`
  const args = ["-u", "NODE_OPTIONS", process.execPath, "--input-type=module", "-e", source, path]
  const { stdout } = spawnSync("/usr/bin/env", args, { encoding: "utf8" })
  t.match(JSON.parse(stdout), { writable: false, problem: /cannot be written: .*EACCES/, kept: "kept" })
  rmSync(top, { recursive: true })
  t.end()
})
