import { type ChildProcess, spawn } from "node:child_process"
import { once } from "node:events"
import { readFileSync } from "node:fs"
import { openProcesses } from "conclave/node/processes"
import type { FoundProcess, ProcessClaim } from "conclave/ports"
import { test } from "tap"
import { until } from "./until.ts"

const processes = openProcesses()

function startTimeOf(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, "latin1")
  return Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19])
}

function claimOf(child: ChildProcess): ProcessClaim {
  const pid = child.pid ?? 0
  return { pid, startTime: startTimeOf(pid) }
}

function find(claim: ProcessClaim): Promise<FoundProcess | undefined> {
  return new Promise((resolve) => processes.find(claim, resolve))
}

function isGone(found: FoundProcess | undefined): Promise<boolean> {
  return new Promise((resolve) => (found === undefined ? resolve(false) : found.isGone(resolve)))
}

async function gone(found: FoundProcess | undefined): Promise<void> {
  let is = false
  const look = (): void => void isGone(found).then((now) => (is = now))
  await until("it is gone", () => {
    look()
    return is
  })
}

test("a process is found by pid and start time together, and gone when it is killed", async (t) => {
  const child = spawn("sleep", ["60"])
  const claim = claimOf(child)
  t.equal(await find({ ...claim, startTime: claim.startTime + 1 }), undefined, "another process had that pid")
  const found = await find(claim)
  t.ok(found)
  t.equal(await isGone(found), false)
  const reaped = once(child, "exit")
  child.kill("SIGKILL")
  await gone(found)
  // Until then it is a zombie: gone, and still to be found.
  await reaped
  t.equal(await find(claim), undefined)
})

test("a zombie is gone, a stopped process is not", async (t) => {
  // The shell does not wait for its child: killed, the child stays a zombie as long as the shell lives.
  const shell = spawn("sh", ["-c", "sleep 60 & echo $!; exec sleep 60"])
  t.teardown(() => shell.kill("SIGKILL"))
  let text = ""
  shell.stdout.on("data", (chunk: Buffer) => {
    text += chunk
  })
  await until("the pid of the child", () => text.includes("\n"))
  const pid = Number(text)
  const found = await find({ pid, startTime: startTimeOf(pid) })
  process.kill(pid, "SIGSTOP")
  t.equal(await isGone(found), false)
  process.kill(pid, "SIGKILL")
  await gone(found)
  t.match(readFileSync(`/proc/${pid}/stat`, "latin1"), /\) Z /, "it is still there, as a zombie")
})

test("a group lives as long as one of its members", async (t) => {
  const leader = spawn("sh", ["-c", "sleep 60 & sleep 60 & wait"], { detached: true })
  const group = leader.pid ?? 0
  t.teardown(() => {
    try {
      process.kill(-group, "SIGKILL")
    } catch {
      // All of it is gone, as it should be.
    }
  })
  const own = { pid: process.pid, startTime: startTimeOf(process.pid) }
  const findGroup = (id: number): Promise<FoundProcess | undefined> =>
    new Promise((resolve) => processes.findGroup(id, own, resolve))
  await until("its members are there", () => {
    return readFileSync(`/proc/${group}/task/${group}/children`, "latin1").trim().split(" ").length === 2
  })
  const found = await findGroup(group)
  t.ok(found)
  process.kill(group, "SIGKILL")
  await until("its leader is gone", () => leader.signalCode !== null)
  t.equal(await isGone(found), false, "its children go on")
  const late = await findGroup(group)
  t.ok(late, "any member tells of it")
  t.equal(await isGone(late), false)
  process.kill(-group, "SIGKILL")
  await gone(found)
  t.equal(await findGroup(2 ** 22 + 1), undefined, "there is no such group")
})

test("a group that somebody names who has ended is not found", async (t) => {
  const processes = openProcesses()
  const [owner, other] = [spawn("sleep", ["60"]), spawn("sleep", ["60"], { detached: true })]
  t.teardown(() => other.kill("SIGKILL"))
  const claim = claimOf(owner)
  const findGroup = (): Promise<FoundProcess | undefined> =>
    new Promise((resolve) => processes.findGroup(other.pid ?? 0, claim, resolve))
  t.ok(await findGroup())
  owner.kill("SIGKILL")
  await until("it has ended", () => owner.signalCode !== null)
  t.equal(await findGroup(), undefined)
})

test("an agent that may open no more files takes nobody for gone", async (t) => {
  const child = spawn("sleep", ["60"], { detached: true })
  t.teardown(() => child.kill("SIGKILL"))
  const { pid, startTime } = claimOf(child)
  const program = `
    import { openSync } from "node:fs"
    import { openProcesses } from ${JSON.stringify(import.meta.resolve("conclave/node/processes"))}
    const near = { pid: ${pid}, startTime: ${startTime} }
    const found = await new Promise((resolve) => openProcesses().find(near, resolve))
    const group = await new Promise((resolve) => openProcesses().findGroup(${pid}, near, resolve))
    const open = () => { for (;;) openSync("/dev/null") }
    try { open() } catch ({ code }) { console.log(code) }
    for (const each of [found, group]) console.log(await new Promise((resolve) => each.isGone(resolve)))
  `
  // What the test runner preloads would open files of its own.
  const limited = 'unset NODE_OPTIONS; ulimit -n 100; exec "$0" --input-type=module -e "$1"'
  const asker = spawn("sh", ["-c", limited, process.execPath, program])
  let text = ""
  for (const stream of [asker.stdout, asker.stderr]) stream.on("data", (chunk: Buffer) => (text += chunk))
  await new Promise((resolve) => asker.once("close", resolve))
  t.equal(text, "EMFILE\nfalse\nfalse\n")
})
