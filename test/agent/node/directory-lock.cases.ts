import { type ChildProcess, spawn } from "node:child_process"
import { once } from "node:events"
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { lockDirectory } from "conclave/node/directory-lock"
import { test } from "tap"

function folder(): string {
  return mkdtempSync(join(tmpdir(), "conclave-test-"))
}

/** A process of its own that has the lock of `directory`; with `uid` it is another user's. */
async function locker(directory: string, uid = process.getuid?.()): Promise<ChildProcess> {
  const source = `
    import { lockDirectory } from ${JSON.stringify(import.meta.resolve("conclave/node/directory-lock"))}
    const lock = await lockDirectory(process.argv[1])
    process.stdout.write(lock.kind)
    process.stdin.resume()`
  const child = spawn(
    "/usr/bin/env",
    ["-u", "NODE_OPTIONS", process.execPath, "--input-type=module", "-e", source, directory],
    { stdio: ["pipe", "pipe", "inherit"], ...(uid === undefined ? {} : { uid }), cwd: "/" },
  )
  const [said] = (await once(child.stdout, "data")) as [Buffer]
  if (said.toString() !== "locked") throw new Error(`the child says ${said}`)
  return child
}

test("a directory has one holder, and after it the next", async (t) => {
  const directory = folder()
  const first = await lockDirectory(directory)
  t.equal(first.kind, "locked")
  t.same(await lockDirectory(directory), { kind: "held", pid: process.pid })
  if (first.kind === "locked") await first.release()
  t.same(readdirSync(directory), [], "a release leaves nothing")
  const second = await lockDirectory(directory)
  t.equal(second.kind, "locked")
  if (second.kind === "locked") await second.release()
  rmSync(directory, { recursive: true })
})

test("the lock of a killed process is free, that of a stopped one is not", async (t) => {
  const directory = folder()
  const child = await locker(directory)
  t.same(await lockDirectory(directory), { kind: "held", pid: child.pid })
  child.kill("SIGSTOP")
  t.equal((await lockDirectory(directory)).kind, "held")
  const gone = once(child, "exit")
  child.kill("SIGKILL")
  await gone
  t.equal(readdirSync(directory).length, 1, "a killed process leaves its socket")
  const mine = await lockDirectory(directory)
  t.equal(mine.kind, "locked")
  t.equal(readdirSync(directory).length, 1, "which its successor removes")
  if (mine.kind === "locked") await mine.release()
  rmSync(directory, { recursive: true })
})

test("of many at once at most one gets it, also over a dead one's socket", async (t) => {
  const directory = folder()
  for (let round = 0; round < 5; round++) {
    const child = await locker(directory)
    const gone = once(child, "exit")
    child.kill("SIGKILL")
    await gone
    const all = await Promise.all(Array.from({ length: 4 }, () => lockDirectory(directory)))
    const locked = all.filter((each) => each.kind === "locked")
    t.ok(locked.length <= 1, "never two")
    if (locked.length === 1) t.equal((await lockDirectory(directory)).kind, "held")
    for (const each of locked) if (each.kind === "locked") await each.release()
  }
  rmSync(directory, { recursive: true })
})

test("a directory deeper than a socket's path may be is locked all the same", async (t) => {
  const top = folder()
  const directory = join(top, "d".repeat(100), "e".repeat(100))
  mkdirSync(directory, { recursive: true })
  const first = await lockDirectory(directory)
  t.equal(first.kind, "locked")
  t.same(await lockDirectory(directory), { kind: "held", pid: process.pid })
  if (first.kind === "locked") await first.release()
  t.same(readdirSync(directory), [])
  rmSync(top, { recursive: true })
})

test("what is no socket is not a lock, and a folder that is not there is an error", async (t) => {
  const directory = folder()
  writeFileSync(join(directory, "lock.0123"), "not a socket")
  const lock = await lockDirectory(directory)
  t.equal(lock.kind, "locked")
  if (lock.kind === "locked") await lock.release()
  rmSync(directory, { recursive: true })
  await t.rejects(lockDirectory(directory))
})

test("whoever may come into the directory can ask, whatever the umask", async (t) => {
  const directory = folder()
  const before = process.umask(0o077)
  const lock = await lockDirectory(directory)
  process.umask(before)
  const [name = ""] = readdirSync(directory)
  t.equal(statSync(join(directory, name)).mode & 0o777, 0o777)
  if (lock.kind === "locked") await lock.release()
  rmSync(directory, { recursive: true })
})

const isRoot = process.getuid?.() === 0
const NOBODY = 65_534

test("another user's dead lock is in nobody's way, also where only its owner may remove it", {
  skip: !isRoot && "only root has other users",
}, async (t) => {
  const directory = folder()
  chmodSync(directory, 0o1777)
  const dead = await locker(directory)
  const gone = once(dead, "exit")
  dead.kill("SIGKILL")
  await gone
  const other = await locker(directory, NOBODY)
  t.same(await lockDirectory(directory), { kind: "held", pid: other.pid }, "while that user's living one counts")
  other.kill("SIGKILL")
  await once(other, "exit")
  rmSync(directory, { recursive: true })
})
