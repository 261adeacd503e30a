import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { type Test, test } from "tap"
import { conclave, eventually, type Program, stateOf } from "../program.ts"
import { type StartedAgent, startAgent } from "./started-agent.ts"

type Json = Readonly<Record<string, unknown>>

interface Stage {
  readonly agent: StartedAgent
  readonly folder: string
  readonly run: (...argv: readonly string[]) => Program
  readonly json: (...argv: readonly string[]) => Promise<Json>
}

async function stageFor(t: Test, profile: "local" | "lan" = "local"): Promise<Stage> {
  const folder = mkdtempSync(join(tmpdir(), "conclave-test-"))
  t.teardown(() => rmSync(folder, { recursive: true, force: true }))
  const agent = await startAgent(t, { folder, name: "n1", profile }, "--bootstrap")
  const { socket } = agent
  const run = (...argv: readonly string[]): Program => {
    const split = argv.indexOf("--")
    const [own, command] = split < 0 ? [argv, []] : [argv.slice(0, split), argv.slice(split)]
    return conclave(t, ...own, "--socket", socket, ...command)
  }
  const json = async (...argv: readonly string[]): Promise<Json> => {
    const { code, stdout, stderr } = await run(...argv, "--json").ended
    t.equal(code, 0, `${argv.join(" ")} ${stderr}`)
    return JSON.parse(stdout)
  }
  return { agent, folder, run, json }
}

function eventsOf(text: string): readonly (Json & { readonly type: string })[] {
  return text
    .split("\n")
    .filter((line) => line.startsWith("{"))
    .map((line) => JSON.parse(line))
}

async function itemsOf({ json }: Stage, pool: string): Promise<readonly Json[]> {
  return (await json("work", "items", pool))["items"] as readonly Json[]
}

async function untilItems(stage: Stage, pool: string, fits: (items: readonly Json[]) => boolean): Promise<void> {
  while (!fits(await itemsOf(stage, pool)));
}

/** Whether what ran for the item before runs still, as a look into /proc says; a zombie acts no more. */
const ALONE =
  'p=$(cat "$f.pid" 2>/dev/null || echo none); s=$(cut -d" " -f3 "/proc/$p/stat" 2>/dev/null); case "$s" in ""|Z|X) ;; *) echo "both $CONCLAVE_WORK_ITEM" >> "$0";; esac; echo $$ > "$f.pid";'

/** Notes in the file `$0` what it was given, for the worker `$1`. */
function noting(stage: Stage, worker: string, then: string): readonly string[] {
  const file = join(stage.folder, "log")
  const note = (what: string): string => `echo "${what} $1 $CONCLAVE_WORK_ITEM $CONCLAVE_GRANT_TOKEN $payload" >> "$0";`
  const script = `read payload; f="$0.$CONCLAVE_WORK_ITEM"; ${ALONE} ${note("begin")} ${then} ${note("end")}`
  return ["--", "sh", "-c", script, file, worker]
}

function linesOf({ folder }: Stage): readonly (readonly string[])[] {
  try {
    const text = readFileSync(join(folder, "log"), "utf8")
    return text.split("\n").flatMap((line) => (line === "" ? [] : [line.split(" ")]))
  } catch {
    return []
  }
}

const LONG = { timeout: 300_000 }

test("two workers, one of them killed in the middle: each task is done, and never by two at once", LONG, async (t) => {
  const stage = await stageFor(t)
  const tasks = Array.from({ length: 12 }, (_, index) => `task-${index}`)
  for (const [index, task] of tasks.entries()) await stage.json("work", "put", "q", task, "--payload", `[${index}]`)
  const worker = (name: string, capacity: number, then: string): Program =>
    stage.run("work", "run", "q", "--json", "--capacity", String(capacity), ...noting(stage, name, then))
  // What runs for the first one would go on for long, and the other one takes its tasks at once.
  const killed = worker("w1", 4, "sleep 20;")
  t.ok(await eventually(() => linesOf(stage).filter(([what]) => what === "begin").length === 4))
  const other = worker("w2", 12, "sleep 0.3;")
  t.ok(await eventually(() => linesOf(stage).some(([what, who]) => what === "end" && who === "w2")))
  killed.signal("SIGKILL")
  await killed.ended
  await untilItems(stage, "q", (items) => items.length === 0)
  const lines = linesOf(stage)
  t.same(
    lines.filter(([what]) => what === "both"),
    [],
  )
  for (const [index, task] of tasks.entries()) {
    const of = lines.filter(([, , item]) => item === task)
    t.ok(
      of.some(([what]) => what === "end"),
      `${task} is done`,
    )
    t.ok(
      of.every((line) => line.at(-1) === `[${index}]`),
      "with its own payload",
    )
    const tokens = of.filter(([what]) => what === "begin").map(([, , , token]) => Number(token))
    t.same(
      tokens,
      [...new Set(tokens)].sort((a, b) => a - b),
      "each time under a larger token",
    )
  }
  other.signal("SIGTERM")
  const { code, stderr } = await other.ended
  t.equal(code, 0)
  const events = eventsOf(stderr)
  t.match(events[0], { type: "granted", token: /^\d+$/, rev: /^\d+$/, validForMs: Number })
  t.match(
    events.find(({ type }) => type === "assigned"),
    { item: /^task-/, token: /^\d+$/, payload: [Number], attempt: Number, checkpoint: null },
  )
  t.match(
    events.find(({ type }) => type === "settled"),
    { item: /^task-/, result: "done" },
  )
  t.match(events.at(-1), { type: "released", rev: /^[1-9]/ })
})

test(
  "a command whose worker and keeper were killed together is not joined by another one while it runs",
  LONG,
  async (t) => {
    const stage = await stageFor(t, "lan")
    await stage.json("work", "put", "q", "x")
    const keeper = join(stage.folder, "keeper")
    const first = stage.run("work", "run", "q", ...noting(stage, "w1", `echo $PPID > ${keeper}; sleep 3;`))
    t.ok(await eventually(() => linesOf(stage).length > 0 && existsSync(keeper)))
    const other = stage.run("work", "run", "q", "--json", ...noting(stage, "w2", ""))
    t.ok(await eventually(() => other.stderr.includes('"granted"')))
    process.kill(Number(readFileSync(keeper, "utf8")), "SIGKILL")
    first.signal("SIGKILL")
    await untilItems(stage, "q", (items) => items.length === 0)
    const lines = linesOf(stage).map(([what, who]) => `${what} ${who}`)
    t.same(lines, ["begin w1", "end w1", "begin w2", "end w2"])
    other.signal("SIGTERM")
    await other.ended
  },
)

test(
  "a worker goes on through its agent's end and next start: no task is begun twice, and none is lost",
  LONG,
  async (t) => {
    const stage = await stageFor(t, "lan")
    const tasks = Array.from({ length: 4 }, (_, index) => `task-${index}`)
    for (const task of tasks) await stage.json("work", "put", "q", task)
    // Two are at work when the agent dies; one ends while it is away, one goes on after it.
    const then = 'case "$CONCLAVE_WORK_ITEM" in *0) sleep 1;; *1) sleep 5;; esac;'
    const worker = stage.run("work", "run", "q", "--json", "--capacity", "2", ...noting(stage, "w", then))
    t.ok(await eventually(() => linesOf(stage).filter(([what]) => what === "begin").length === 2))
    stage.agent.program.signal("SIGKILL")
    await stage.agent.program.ended
    t.ok(await eventually(() => linesOf(stage).some(([what]) => what === "end")))
    await startAgent(t, { folder: stage.folder, name: "n1", profile: "lan" })
    await untilItems(stage, "q", (items) => items.length === 0)
    for (const what of ["begin", "end"]) {
      const of = linesOf(stage).filter(([each]) => each === what)
      t.same(of.map(([, , item]) => item).sort(), tasks, what)
    }
    worker.signal("SIGTERM")
    const { code, stderr } = await worker.ended
    t.equal(code, 0)
    const told = eventsOf(stderr)
    t.equal(told.filter(({ type }) => type === "granted").length, 1)
    t.equal(told.filter(({ type, result }) => type === "settled" && result === "done").length, tasks.length)
    t.same(
      told.filter(({ type }) => type === "lost"),
      [],
    )
  },
)

test("what a command's end makes of its item: done, tried again, or given back", LONG, async (t) => {
  const stage = await stageFor(t)
  await stage.json("work", "configure", "q", "--max-attempts", "2")
  const script = 'echo "$CONCLAVE_GRANT_KIND $CONCLAVE_GRANT_NAME"; eval "$(tr -d \'"\')"'
  const put = (item: string, does: string): Promise<Json> =>
    stage.json("work", "put", "q", item, "--payload", JSON.stringify(does))
  await put("a", "exit 0")
  await put("b", "exit 3")
  await put("c", "kill -USR1 $$")
  const worker = stage.run("work", "run", "q", "--", "sh", "-c", script)
  const failed = (items: readonly Json[]): boolean => items.filter(({ state }) => state === "failed").length === 2
  await untilItems(stage, "q", (items) => items.length === 2 && failed(items))
  for (const [item, why] of [
    ["b", "failed: exit code 3"],
    ["c", "failed: signal SIGUSR1"],
  ] as const) {
    const { items } = (await stage.json("work", "explain", "q", item)) as { items: readonly Json[] }
    t.equal(items.at(-1)?.["reason"], why)
  }
  await put("d", "trap 'exit 5' TERM; echo ready; while :; do sleep 0.1; done")
  await worker.line((line) => line === "ready")
  worker.signal("SIGINT")
  const { code, stdout, stderr } = await worker.ended
  t.equal(code, 0)
  t.match(stdout, /^work q\n/)
  t.match(stderr, /work q: joined after .*\n/)
  t.match(stderr, /work q: item b: failed: exit code 3\n/)
  t.match(stderr, /work q: item d: handed back\n[\s\S]*work q: released\n$/)
  const given = (await itemsOf(stage, "q")).find(({ item }) => item === "d")
  t.match(given, { state: "free", attempt: 1 }, "who ends because it was asked to has not failed")
  const missing = await stage.run("work", "run", "q", "--", "/nonexistent/program").ended
  t.equal(missing.code, 127)
  t.match(missing.stderr, /\/nonexistent\/program was not found/)
  t.match(
    (await itemsOf(stage, "q")).find(({ item }) => item === "d"),
    { state: "free", attempt: 1 },
  )
  t.equal((await stage.run("work", "run", "q").ended).code, 2)
})

test("what does not end when it is asked is killed before the item goes on", LONG, async (t) => {
  const stage = await stageFor(t)
  await stage.json("work", "configure", "p", "--partitions", "1", "--handoff-timeout", "3s")
  const stubborn = noting(stage, "w1", "trap '' TERM; while :; do sleep 0.1; done;")
  const first = stage.run("work", "run", "p", ...stubborn)
  t.ok(await eventually(() => linesOf(stage).length > 0))
  const pid = Number(readFileSync(join(stage.folder, "log.0.pid"), "utf8"))
  const second = stage.run("work", "run", "p", ...noting(stage, "w2", "while :; do sleep 0.1; done;"))
  first.signal("SIGTERM")
  await first.ended
  t.equal(stateOf(pid), undefined)
  t.ok(await eventually(() => linesOf(stage).some(([, who]) => who === "w2")))
  t.same(
    linesOf(stage).filter(([what]) => what === "both"),
    [],
  )
  second.signal("SIGTERM")
  t.equal((await second.ended).code, 0)
})

test("the newest worker of an id wins, and the older one does not come back", LONG, async (t) => {
  const stage = await stageFor(t)
  const worker = (): Program => stage.run("work", "run", "q", "--id", "w", "--json", "--", "true")
  const first = worker()
  t.ok(await eventually(() => first.stderr.includes('"granted"')))
  const second = worker()
  const { code, stderr } = await first.ended
  t.equal(code, 122)
  t.match(eventsOf(stderr).at(-1), { type: "lost", reason: "fenced" })
  second.signal("SIGTERM")
  t.equal((await second.ended).code, 0)
})
