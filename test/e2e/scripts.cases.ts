import { existsSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { type Test, test } from "tap"
import { conclave, type Program, stateOf } from "../program.ts"
import { type DevAgent, type DevEvent, problemsOf } from "./dev-event.ts"
import { faultsOf, flawsOf, historyIn } from "./history.ts"
import { wrongOwners } from "./item-owners.ts"
import { findingsIn } from "./judged.ts"

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
  story: [
    ...["bootMs", "lockMs"],
    ...["detectFirstMs", "detectAllMs", "lockMs", "falseDead"],
    ...["writeMs", "lostWrites"],
    ...["reassignMs", "lostItems", "doubleOwners"],
  ],
  "kill-holder": ["lockMs"],
  "kill-agent": ["detectFirstMs", "detectAllMs", "lockMs", "falseDead"],
  "kill-leader": ["writeMs", "lostWrites"],
  "stop-agent": ["detectAllMs", "falseDead", "aliveMs"],
  partition: ["overlapMs", "minorityWrites", "healMs"],
  "kill-worker": ["reassignMs", "lostItems", "doubleOwners"],
  restart: ["lostGrants", "dead"],
}

const KILL_WORKER = [
  ...["fault kill-app", "reassigned", "fault stop-app", "reassigned", "fault continue-app"],
  ...["fault drain-app", "reassigned"],
]

/** What is told of each script, in any order between two faults. */
const EVENTS: Readonly<Record<string, readonly string[]>> = {
  story: [
    ...["fault kill-app", "granted"],
    ...["fault kill-agent", "dead first", "dead everywhere", "granted", "alive"],
    ...["fault kill-agent", "leader", "write"],
    ...KILL_WORKER,
  ],
  "kill-holder": ["fault kill-app", "granted"],
  "kill-agent": ["fault kill-agent", "dead first", "dead everywhere", "granted"],
  "kill-leader": ["fault kill-agent", "leader", "write"],
  "stop-agent": ["fault stop", "dead first", "dead everywhere", "fault continue", "alive"],
  partition: ["fault cut", "fault cut", "granted", "fault heal", "fault heal", "alive", "alive"],
  "kill-worker": KILL_WORKER,
  restart: Array.from({ length: 5 }, () => ["fault restart", "alive"]).flat(),
}

/** What was done to agents, as its history tells; V0 = the agent of the script's first fault, and so on. */
const FAULTS: Readonly<Record<string, readonly string[]>> = {
  story: [
    ...["kill-client start app-V0", "kill start V1", "kill-client start app-V1", "kill end V1", "kill start V2"],
    ...["kill-client start app-w1", "pause start app-w2", "pause end app-w2"],
  ],
  "kill-holder": ["kill-client start app-V0"],
  "kill-agent": ["kill start V0", "kill-client start app-V0"],
  "kill-leader": ["kill start V0"],
  "stop-agent": ["pause start V0", "pause end V0"],
  partition: ["cut start 2|3", "cut end 2|3"],
  "kill-worker": ["kill-client start app-w1", "pause start app-w2", "pause end app-w2"],
  restart: ["n1", "n2", "n3", "n4", "n5"].flatMap((name) => [`restart start ${name}`, `restart end ${name}`]),
}

/** By these a worker has an item no more. */
const ENDS = new Set<unknown>(["released", "lost"])

/** The story moves the lock once more, between its first two faults. */
function withoutMoves(told: readonly string[]): readonly string[] {
  return told.filter((each, index) => !(each === "granted" && told[index - 1] === "granted"))
}

/** Between two faults things come in the order in which they happen to. */
function bySections(told: readonly string[]): readonly string[] {
  const sections: string[][] = [[]]
  for (const each of told) {
    if (each.startsWith("fault")) sections.push([])
    sections.at(-1)?.push(each)
  }
  return sections.flatMap(([first, ...rest]) => (first === undefined ? [] : [first, ...rest.sort()]))
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
      // Before its first fault a script may move the lock to where it wants it.
      .slice(events.findIndex(({ event }) => event === "fault"))
      .filter(({ event }) => event !== "suspect" && event !== "summary")
      .map(({ event, fault, scope }) => [event, fault ?? scope].filter((word) => word !== undefined).join(" "))
    t.same(bySections(withoutMoves(told)), bySections(expected))
    t.equal(events[0]?.["voters"], 3)
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
    t.same(findingsIn(lines), [])
    t.same(wrongOwners(lines), [])
    const endless = lines.filter(({ f, type, item }) => f !== "kill-client" && !(item && ENDS.has(type)))
    if (script === "kill-worker")
      t.ok(wrongOwners(endless).length > 0, "a judge that is told of no end finds two owners")
    const victims = events.filter(({ event }) => event === "fault").map(({ agent }) => String(agent))
    const done = (FAULTS[script] ?? []).map((fault) =>
      fault.replace(/V(\d)/, (_, which) => victims[Number(which)] ?? ""),
    )
    // At its end the fleet kills every application that is left.
    t.same(faultsOf(lines).slice(0, done.length), done)
    t.ok(lines.some(({ k, type, token, until }) => k === "hold" && type === "granted" && token && until))
    const hasState = (state: string): boolean => lines.some((line) => line["k"] === "member" && line["state"] === state)
    t.ok(hasState("alive"), "the observers' first views are told")
    const kills = !["kill-holder", "kill-leader", "kill-worker", "restart"].includes(script)
    if (script !== "kill-leader") t.equal(hasState("dead"), kills, "a death is told where one was made")
  })
}

test("whoever of three agents and their applications is killed, nothing that was acknowledged is lost", async (t) => {
  const history = join(t.testdir({}), "h.jsonl")
  const fromNs = process.hrtime.bigint()
  const program = play(t, "kill-random", "--agents", "3", "--rounds", "6", "--history", history)
  const { code, events, stderr } = await played(program)
  t.equal(code, 0, `${JSON.stringify(events.at(-1))} ${stderr}`)
  t.same(problemsOf(events), [])
  const { items } = events.at(-1) as { items?: readonly { check: string }[] }
  t.same(items?.map(({ check }) => check).sort(), ["doubleOwners", "lostGrants", "lostWrites", "overlapMs"])
  t.equal(events.filter(({ event }) => event === "fault").length, 6)
  const lines = historyIn(history)
  t.same(flawsOf(lines, fromNs, process.hrtime.bigint()), [])
  t.same(findingsIn(lines), [])
  t.same(wrongOwners(lines), [])
  const endless = lines.filter(({ k, f }) => f !== "release" && f !== "kill-client" && k !== "info")
  t.ok(findingsIn(endless).length > 0, "a judge that is told of no end finds two holders")
  // At its end the fleet kills every application that is left.
  t.ok(faultsOf(lines).filter((fault) => /^kill(-client)? start /.test(fault)).length >= 6)
})

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
