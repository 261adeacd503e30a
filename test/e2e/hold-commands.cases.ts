import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { type Test, test } from "tap"
import { sharedKeys } from "../key-files.ts"
import { conclave, eventually, type Program, stateOf } from "../program.ts"
import { untilVoters } from "./recovering.ts"

interface Agent {
  readonly socket: string
  readonly adminSocket: string
  readonly pid: number
  readonly addr: string
}

interface Stage {
  readonly n1: Agent
  readonly agent: (name: string, ...more: readonly string[]) => Promise<Agent>
  /** The command, at the first agent. */
  readonly run: (...argv: readonly string[]) => Program
}

async function stageFor(t: Test): Promise<Stage> {
  const folder = mkdtempSync(join(tmpdir(), "conclave-test-"))
  t.teardown(() => rmSync(folder, { recursive: true, force: true }))
  const agent = async (name: string, ...more: readonly string[]): Promise<Agent> => {
    const home = join(folder, name)
    const socket = join(home, "a.sock")
    const program = conclave(
      t,
      ...["agent", "--config", "/dev/null", ...sharedKeys(folder), "--bind", "127.0.0.1:0", "--profile", "local"],
      ...["--name", name, "--data-dir", join(home, "data"), "--socket", socket, "--admin-socket", join(home, "b.sock")],
      ...["--http-addr", "off", "--log-format", "json", ...more],
    )
    t.teardown(async () => {
      program.signal("SIGKILL")
      await program.ended
    })
    return JSON.parse(await program.line((line) => line.includes('"agent.ready"')))
  }
  const n1 = await agent("n1", "--bootstrap")
  return { n1, agent, run: (...argv) => at(t, n1, ...argv) }
}

function at(t: Test, { socket, adminSocket }: Agent, ...argv: readonly string[]): Program {
  const split = argv.indexOf("--")
  const [own, command] = split < 0 ? [argv, []] : [argv.slice(0, split), argv.slice(split)]
  const program = conclave(t, ...own, "--socket", socket, "--admin-socket", adminSocket, ...command)
  t.teardown(() => program.signal("SIGKILL"))
  return program
}

function eventsOf(text: string): readonly { readonly type: string; readonly [key: string]: unknown }[] {
  return text
    .split("\n")
    .filter((line) => line.startsWith("{"))
    .map((line) => JSON.parse(line))
}

/** A shell that says its number once its trap is set, and goes on for ever. */
function shell(trap = ""): readonly string[] {
  return ["--", "sh", "-c", `${trap} echo $$; while :; do sleep 0.1; done`]
}

async function pidSaid(program: Program): Promise<number> {
  return Number(await program.line((line) => /^\d+$/.test(line)))
}

/** A second holder that looks for the first one's command as soon as it may act; a zombie acts no more. */
function looker(pid: number): readonly string[] {
  const state = `$(cut -d" " -f3 /proc/${pid}/stat 2>/dev/null)`
  return ["--", "sh", "-c", `case "${state}" in ""|Z|X) echo alone;; *) echo both;; esac`]
}

const LONG = { timeout: 300_000 }
const STUBBORN = 'trap "" TERM;'
const QUICK = ["--ttl", "2s", "--lock-delay", "0"] as const

test("a command under a lock: its exit code, its environment, its output; events on stderr", LONG, async (t) => {
  const { run } = await stageFor(t)
  const script = 'echo "$CONCLAVE_GRANT_KIND $CONCLAVE_GRANT_NAME $CONCLAVE_GRANT_TOKEN"; exit 7'
  const { code, stdout, stderr } = await run("lock", "a,b", "--json", "--", "sh", "-c", script).ended
  t.equal(code, 7)
  const [granted, released] = eventsOf(stderr)
  t.match(granted, { type: "granted", token: /^\d+$/, rev: /^\d+$/, validForMs: Number })
  t.match(released, { type: "released", rev: /^\d+$/ })
  t.equal(stdout, `lock a,b ${granted?.["token"]}\n`)
  t.equal((await run("lock", "a", "--", "sh", "-c", "kill -USR1 $$").ended).code, 138)
  const leading = await run("elect", "e", "--value", '{"a":1}', "--priority", "3", "--", "sh", "-c", script).ended
  t.equal(leading.code, 7)
  t.match(leading.stdout, /^election e \d+\n$/)
  t.match(leading.stderr, /elect e: leading after .* \(token \d+\)\nelect e: released\n/)
  const permitted = await run("sem", "s", "--limit", "3", "--weight", "2", "--", "sh", "-c", script).ended
  t.equal(permitted.code, 7)
  t.match(permitted.stdout, /^semaphore s \d+\n$/)
  t.match(permitted.stderr, /sem s: acquired after .*\nsem s: released\n/)
  const joined = await run("group", "g", "--id", "w-1", "--value", "{}", "--", "sh", "-c", script).ended
  t.equal(joined.code, 7)
  t.match(joined.stdout, /^group g \d+\n$/)
  t.match(joined.stderr, /group g: joined after .*\ngroup g: released\n/)
})

test("what cannot be run, and what is not granted in time, has a code of its own", LONG, async (t) => {
  const { run } = await stageFor(t)
  const missing = await run("lock", "a", "--", "/nonexistent/program").ended
  t.equal(missing.code, 127)
  t.match(missing.stderr, /\/nonexistent\/program was not found/)
  t.equal((await run("lock", "a", "--", "/etc/passwd").ended).code, 126)
  t.equal((await run("lock", "not/a name!", "--", "true").ended).code, 2)
  t.equal((await run("lock", "a", "--ttl", "1s", "--", "true").ended).code, 2)
  t.equal((await run("elect", "a", "--value", "{", "--", "true").ended).code, 2)
  t.equal((await run("lock", "a", "b").ended).code, 2)
  t.equal((await run("sem", "s", "--", "true").ended).code, 2)
  t.equal((await run("sem", "s", "--limit", "1", "--weight", "2", "--", "true").ended).code, 2)
  t.equal((await conclave(t, "lock", "a", "--socket", "/nonexistent/a.sock", "--", "true").ended).code, 125)
  t.equal((await conclave(t, "lock", "a", "--socket", "/nonexistent/a.sock").ended).code, 3)
  const holder = run("lock", "a", ...shell())
  await pidSaid(holder)
  for (const wait of ["0", "200ms"]) t.equal((await run("lock", "a", "--wait", wait, "--", "true").ended).code, 124)
  const waiter = run("lock", "a", "--json")
  const queued = JSON.parse(await waiter.line((line) => line.includes('"queued"')))
  t.match(queued, { position: 1, holders: [{ member: "n1", app: "sh", pid: holder.pid }] })
  waiter.signal("SIGTERM")
  t.equal((await waiter.ended).code, 143)
  holder.signal("SIGTERM")
  t.equal((await holder.ended).code, 143)
  t.equal((await run("lock", "a", "--wait", "0", "--", "true").ended).code, 0)
})

test("before the founding a wait says why it cannot end, and what to do; so does one that ran out", LONG, async (t) => {
  const { agent } = await stageFor(t)
  const alone = await agent("n2")
  for (const command of ["lock", "elect"]) {
    const waits = at(t, alone, command, "a")
    t.ok(await eventually(() => waits.stderr.includes("bootstrap")))
    t.match(waits.stderr, /waiting: .*not founded.*\nNext: conclave raft bootstrap/)
    waits.signal("SIGTERM")
    t.equal((await waits.ended).code, 143)
    const late = await at(t, alone, command, "a", "--wait", "3s", "--quiet", "--", "true").ended
    t.equal(late.code, 124)
    t.match(late.stderr, /not founded[\s\S]*Next: conclave raft bootstrap/, "also where it is quiet")
  }
})

test("without a command it holds until a signal, and says so on stdout", LONG, async (t) => {
  const { run } = await stageFor(t)
  for (const [command, signal] of [
    ["lock", "SIGINT"],
    ["elect", "SIGTERM"],
  ] as const) {
    const holder = run(command, "a", "--json", "--note", "by hand")
    await holder.line((line) => line.includes('"granted"'))
    holder.signal(signal)
    const { code, stdout } = await holder.ended
    t.equal(code, 0)
    t.same(eventsOf(stdout).at(-1)?.type, "released")
  }
})

test("a barrier opens when the last one comes, and who is stopped before is counted no more", LONG, async (t) => {
  const { n1, run } = await stageFor(t)
  const stopped = run("barrier", "b", "--parties", "2")
  const waiting = async (count: number): Promise<boolean> => {
    for (let tries = 0; tries < 200; tries++) {
      const { stdout } = await run("sessions", "--json").ended
      if ((stdout.match(/"kind":"barrier"/g) ?? []).length === count) return true
    }
    return false
  }
  t.ok(await waiting(1))
  stopped.signal("SIGTERM")
  t.equal((await stopped.ended).code, 143)
  t.ok(await waiting(0))
  t.equal((await run("barrier", "b", "--parties", "2", "--wait", "200ms").ended).code, 124)
  const first = run("barrier", "b", "--parties", "2", "--json")
  t.ok(await waiting(1))
  t.equal((await run("barrier", "b", "--parties", "3").ended).code, 7)
  const last = JSON.parse((await at(t, n1, "barrier", "b", "--parties", "2", "--json").ended).stdout)
  const { code, stdout } = await first.ended
  t.equal(code, 0)
  t.match(JSON.parse(stdout), { generation: last.generation, index: 0 })
  t.match(last, { index: 1, rev: /^\d+$/, generation: /^\d+$/ })
  t.equal((await run("barrier", "b").ended).code, 2)
})

test("signals are the command's, and how it ends then is its own", LONG, async (t) => {
  const { run } = await stageFor(t)
  for (const signal of ["TERM", "INT", "HUP", "QUIT", "USR1", "USR2"] as const) {
    const holder = run("lock", "a", ...shell(`trap 'echo told; exit 3' ${signal};`))
    await pidSaid(holder)
    holder.signal(`SIG${signal}`)
    const { code, stdout } = await holder.ended
    t.match([code, stdout], [3, /told/], signal)
  }
})

test(
  "what is stopped for the sake of its grant is told as lost; what ends by itself when asked has its own code",
  LONG,
  async (t) => {
    const { run } = await stageFor(t)
    const short = ["lock", "a", "--json", "--max-hold", "4s", ...QUICK] as const
    const over = await run(...short, ...shell()).ended
    t.equal(over.code, 122)
    // Where the machine is slow nothing but the end itself may have been said.
    const said = eventsOf(over.stderr).filter(({ type, reason }) => type === "revoking" || reason === "max-hold")
    t.match(said[0], { token: /^\d+$/, reason: "max-hold" })
    t.equal((await run(...short, ...shell(STUBBORN)).ended).code, 122)
    for (const [trap, code] of [
      ["", 122],
      ["trap 'exit 4' TERM;", 4],
    ] as const) {
      const asked = run("lock", "a", ...shell(trap))
      await pidSaid(asked)
      t.equal((await run("revoke", "lock", "a", "--grace", "1h", "--reason", "upkeep").ended).code, 0)
      t.equal((await asked.ended).code, code)
    }
  },
)

test("what a command leaves behind in its group ends before the lock moves", LONG, async (t) => {
  const { run } = await stageFor(t)
  const leaver = run("lock", "a", "--", "sh", "-c", "sleep 1000 & echo $!; exit 5")
  const left = await pidSaid(leaver)
  t.equal((await leaver.ended).code, 5)
  t.equal(stateOf(left), undefined)
  const stubborn = run(
    "lock",
    "a",
    "--",
    "sh",
    "-c",
    `sh -c '${STUBBORN} echo $$; while :; do sleep 0.1; done' & sleep 0.3; exit 6`,
  )
  const kept = await pidSaid(stubborn)
  t.equal((await run("lock", "a", ...looker(kept)).ended).stdout, "alone\n")
  t.equal((await stubborn.ended).code, 6)
})

/** Three agents: the first one's host of locks can fall silent without a loss of the quorum. */
async function threeFor(t: Test): Promise<Stage & { readonly n2: Agent }> {
  const stage = await stageFor(t)
  const n2 = await stage.agent("n2", "--join", stage.n1.addr)
  await stage.agent("n3", "--join", stage.n1.addr)
  await untilVoters(t, n2, 3)
  return { ...stage, n2 }
}

async function stoppedInTime(
  t: Test,
  { n2, run }: { readonly n2: Agent; readonly run: Stage["run"] },
  trap: string,
  silence: (holder: Program) => void,
): Promise<{ readonly child: number; readonly holder: Program }> {
  const holder = run("lock", "a", "--json", ...QUICK, ...shell(trap))
  const child = await pidSaid(holder)
  const next = at(t, n2, "lock", "a", "--json", ...QUICK, ...looker(child))
  silence(holder)
  const { code, stdout } = await next.ended
  t.same([code, stdout], [0, "alone\n"])
  return { child, holder }
}

test(
  "an agent that is stopped: the command is asked, then killed, before anybody else has the lock",
  LONG,
  async (t) => {
    const stage = await threeFor(t)
    const { n1 } = stage
    t.teardown(() => process.kill(n1.pid, "SIGCONT"))
    const stop = (): boolean => process.kill(n1.pid, "SIGSTOP")
    const { holder } = await stoppedInTime(t, stage, "trap 'echo asked; exit 0' TERM;", stop)
    const asked = await holder.ended
    t.match(asked.stdout, /asked/)
    t.equal(asked.code, 122)
    process.kill(n1.pid, "SIGCONT")
    const stubborn = await stoppedInTime(t, stage, STUBBORN, stop)
    t.equal((await stubborn.holder.ended).code, 122)
  },
)

test("whoever holds is killed or stopped: its command ends before anybody else has the lock", LONG, async (t) => {
  const stage = await stageFor(t)
  for (const signal of ["SIGKILL", "SIGSTOP"] as const) {
    const silence = (holder: Program): void => holder.signal(signal)
    const { child, holder } = await stoppedInTime(t, { ...stage, n2: stage.n1 }, STUBBORN, silence)
    t.ok(await eventually(() => stateOf(child) === undefined))
    holder.signal("SIGKILL")
    await holder.ended
  }
})
