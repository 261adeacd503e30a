import { existsSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { type Test, test } from "tap"
import { conclave, type Program, stateOf } from "../program.ts"
import { type DevAgent, type DevEvent, problemsOf } from "./dev-event.ts"
import { faultsOf, flawsOf, historyIn } from "./history.ts"

interface Played {
  readonly code: number | null
  readonly events: readonly DevEvent[]
  readonly stderr: string
}

/** In the gate times may take ten times as long, counts may not. */
function play(t: Test, script: string, ...flags: readonly string[]): Program {
  return conclave(t, "dev", "--json", "--script", script, "--budget-scale", "10", ...flags)
}

async function played(program: Program): Promise<Played> {
  const { code, stdout, stderr } = await program.ended
  return {
    code,
    stderr,
    events: stdout
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as DevEvent),
  }
}

const CHECKS: Readonly<Record<string, readonly string[]>> = {
  story: ["bootMs", "detectFirstMs", "detectAllMs", "falseDead"],
  "kill-agent": ["detectFirstMs", "detectAllMs", "falseDead"],
  "stop-agent": ["detectAllMs", "falseDead", "aliveMs"],
  partition: ["healMs"],
  restart: ["dead"],
}

const EVENTS: Readonly<Record<string, readonly string[]>> = {
  story: ["fault kill-agent", "dead first", "dead everywhere"],
  "stop-agent": ["fault stop", "dead first", "dead everywhere", "fault continue", "alive"],
  partition: ["fault cut", "fault cut", "fault heal", "fault heal", "alive", "alive"],
  restart: Array.from({ length: 5 }, () => ["fault restart", "alive"]).flat(),
}

/** The faults of its history; V = the agent that the script chose. */
const FAULTS: Readonly<Record<string, readonly string[]>> = {
  story: ["kill start V"],
  "stop-agent": ["pause start V", "pause end V"],
  partition: ["cut start 2|3", "cut end 2|3"],
  restart: ["n1", "n2", "n3", "n4", "n5"].flatMap((name) => [`restart start ${name}`, `restart end ${name}`]),
}

for (const [script, expected] of Object.entries(EVENTS)) {
  test(`the script ${script} keeps its budgets with real processes and leaves nothing behind`, async (t) => {
    const history = join(t.testdir({}), "h.jsonl")
    writeFileSync(history, "the run before\n")
    const fromNs = process.hrtime.bigint()
    const { code, events, stderr } = await played(play(t, script, "--history", history))
    const toNs = process.hrtime.bigint()
    t.equal(code, 0, `${JSON.stringify(events.at(-1))} ${stderr}`)
    t.same(problemsOf(events), [])
    const told = events
      .filter(({ event }) => event !== "boot" && event !== "suspect" && event !== "summary")
      .map(({ event, fault, scope }) => [event, fault ?? scope].filter((word) => word !== undefined).join(" "))
    t.same(told, expected)
    const items = (events.at(-1)?.["items"] ?? []) as readonly { check: string }[]
    t.same(items.map(({ check }) => check).sort(), [...(CHECKS[script] ?? [])].sort())
    const agents = (events[0]?.["agents"] ?? []) as readonly DevAgent[]
    t.equal(agents.length, 5)
    for (const { pid, addr } of agents) {
      t.equal(stateOf(pid), undefined, `process ${pid} is gone`)
      t.match(addr, /^127\.0\.0\.1:\d+$/)
    }
    t.notOk(existsSync(dirname(dirname(agents[0]?.socket ?? "/tmp/x"))), "the folder is gone")

    const lines = historyIn(history)
    t.same(flawsOf(lines, fromNs, toNs), [])
    const victim = String(events.find(({ event }) => event === "fault")?.["agent"])
    t.same(
      faultsOf(lines),
      (FAULTS[script] ?? []).map((fault) => fault.replace("V", victim)),
    )
    const hasState = (state: string): boolean => lines.some((line) => line["k"] === "member" && line["state"] === state)
    t.ok(hasState("alive"), "the observers' first views are told")
    t.equal(hasState("dead"), script !== "restart", "a death is told where one was made")
  })
}

test("a budget that cannot be kept is a failed check and exit code 10", async (t) => {
  const { code, events } = await played(
    conclave(t, "dev", "--json", "--script", "kill-agent", "--budget", "detectAllMs=1"),
  )
  t.equal(code, 10)
  const { ok, items } = events.at(-1) as { ok?: boolean; items?: readonly { check: string; ok: boolean }[] }
  t.equal(ok, false)
  t.equal(items?.find(({ check }) => check === "detectAllMs")?.ok, false)
})

test("two fleets run side by side and do not meet", async (t) => {
  const both = await Promise.all([play(t, "kill-agent"), play(t, "kill-agent", "--agents", "3")].map(played))
  const sizes = both.map(({ events }) => (events[0]?.["agents"] as readonly DevAgent[] | undefined)?.length)
  t.same(sizes, [5, 3])
  for (const { code, events, stderr } of both) t.equal(code, 0, `${JSON.stringify(events.at(-1))} ${stderr}`)
})
