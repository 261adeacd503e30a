import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { connect } from "@conclave/sdk"
import { type Test, test } from "tap"
import { conclave, type Program } from "../program.ts"
import { type StartedAgent, startAgent } from "./started-agent.ts"

type Json = Readonly<Record<string, unknown>>

/** Where the operator is, and where the holders are. */
interface Stage {
  readonly operator: StartedAgent
  readonly host: StartedAgent
}

async function stageFor(t: Test): Promise<Stage> {
  const folder = mkdtempSync(join(tmpdir(), "conclave-test-"))
  t.teardown(() => rmSync(folder, { recursive: true, force: true }))
  const operator = await startAgent(t, { folder, name: "n1" }, "--bootstrap")
  const host = await startAgent(t, { folder, name: "n2" }, "--join", operator.addr, "--voter", "never")
  for (const agent of [operator, host]) await at(t, agent, "wait", "--for", "ready").ended
  return { operator, host }
}

function at(t: Test, { socket }: StartedAgent, ...argv: readonly string[]): Program {
  const split = argv.indexOf("--")
  const [own, command] = split < 0 ? [argv, []] : [argv.slice(0, split), argv.slice(split)]
  const admin = socket.replace(/a\.sock$/, "b.sock")
  const program = conclave(t, ...own, "--socket", socket, "--admin-socket", admin, ...command)
  t.teardown(() => program.signal("SIGKILL"))
  return program
}

function linesOf(text: string): readonly Json[] {
  return text
    .split("\n")
    .filter((line) => line.startsWith("{"))
    .map((line) => JSON.parse(line))
}

/** A command's lines of JSON; it must end well. */
async function told(t: Test, agent: StartedAgent, ...argv: readonly string[]): Promise<readonly Json[]> {
  const { code, stdout, stderr } = await at(t, agent, ...argv, "--json").ended
  t.equal(code, 0, `${argv.join(" ")} ${stderr}`)
  return linesOf(stdout)
}

/** Of the one object that it prints, what stands under a key. */
async function listOf(t: Test, agent: StartedAgent, key: string, ...argv: readonly string[]): Promise<readonly Json[]> {
  const [answer = {}] = await told(t, agent, ...argv)
  return answer[key] as readonly Json[]
}

async function eventsOf(t: Test, agent: StartedAgent, kind: string): Promise<readonly Json[]> {
  return await told(t, agent, "events", "--kind", kind)
}

/** Goes on until it is asked to end, which it does with this code. */
function endingWith(code: number): readonly string[] {
  return ["--", "sh", "-c", `trap 'exit ${code}' TERM; echo begun; while :; do sleep 0.05; done`]
}

const LONG = { timeout: 300_000 }
const BY = { by: "operator at n1", reason: "upkeep" }
const ASK = ["--grace", "1m", "--reason", BY.reason] as const

test(
  "a permit and a membership are asked back from another host: who is polite ends in its own way",
  LONG,
  async (t) => {
    const { operator, host } = await stageFor(t)
    for (const [kind, hold] of [
      ["semaphore", ["sem", "s", "--limit", "3", "--weight", "2"]],
      ["group", ["group", "g", "--id", "w-1"]],
    ] as const) {
      const name = hold[1]
      const holder = at(t, host, ...hold, "--json", ...endingWith(7))
      await holder.line((line) => line === "begun")
      const [answer] = await told(t, operator, "revoke", kind, name, ...ASK)
      const { code, stderr } = await holder.ended
      t.equal(code, 7, "its own")
      const events = linesOf(stderr)
      t.strictSame(
        events.map(({ type }) => type),
        ["granted", "revoking", "released"],
      )
      const token = String(events[0]?.["token"])
      t.match(answer, { rev: /^\d+$/, revoked: [token] })
      t.match(events[1], { token, ...BY, deadlineMs: Number })
      const audit = { kind: `${kind}.revoke`, name, revoked: BY, tokens: [token] }
      t.match(await eventsOf(t, operator, `${kind}.revoke`), [audit])
      const log = operator.program.lines.find((line) => line.includes(`"${kind}.revoke"`)) ?? "{}"
      t.match(JSON.parse(log), { level: "warn", kind, name, ...BY, graceMs: 60_000, tokens: [token] })
      t.match(await eventsOf(t, host, `${kind}.*`), [
        { kind: `${kind}.granted`, name, token, member: "n2", app: "sh" },
        { kind: `${kind}.revoking`, name, token, revoked: BY },
        { kind: `${kind}.released`, name, token },
      ])
      const [shown] = await told(t, operator, `${kind}s`, name)
      t.match(shown, { holders: [], history: [{ token, reason: "released", member: "n2" }] })
      const { stdout } = await at(t, operator, "events", "--kind", "*.revoke").ended
      t.match(stdout, `${name}  from 1  asked back by operator at n1: upkeep`)
    }
  },
)

test(
  "without a grace it is taken at once: the next one has it, and the history says by whom and why",
  LONG,
  async (t) => {
    const { operator, host } = await stageFor(t)
    const first = at(t, host, "sem", "s", "--limit", "1", "--json", ...endingWith(0))
    await first.line((line) => line === "begun")
    const next = at(t, operator, "sem", "s", "--limit", "1", "--json", ...endingWith(0))
    await told(t, operator, "revoke", "semaphore", "s", "--token", "1", "--grace", "0s", "--reason", "not this one")
    const [{ token } = {}] = await listOf(t, operator, "holders", "semaphores", "s")
    const asked = ["revoke", "semaphore", "s", "--token", String(token), "--grace", "0s", "--reason", BY.reason]
    t.match(await told(t, operator, ...asked), [{ revoked: [token] }])
    t.equal((await first.ended).code, 122)
    await next.line((line) => line === "begun")
    const [now] = await told(t, host, "semaphores", "s")
    t.match(now, { used: 1, holders: [{ member: "n1" }], history: [{ token, reason: "revoked", revoked: BY }] })
    t.match(await eventsOf(t, host, "semaphore.lost"), [{ token, reason: "revoked", revoked: BY }])
    const refused = await at(t, host, "revoke", "semaphore", "s", "--grace", "0s", "--json").ended
    t.equal(refused.code, 2, "a revoke says why")
  },
)

test(
  "an item is asked back from its worker, which goes on; then the worker, which ends with its last item",
  LONG,
  async (t) => {
    const { operator, host } = await stageFor(t)
    await told(t, operator, "work", "configure", "q", "--partitions", "3")
    const worker = at(t, host, "work", "run", "q", "--id", "w", "--json", ...endingWith(0))
    const items = (): Promise<readonly Json[]> => listOf(t, operator, "items", "work", "items", "q")
    while ((await items()).filter(({ state }) => state === "assigned").length < 3);
    const token = String((await items())[1]?.["token"])
    t.match(await told(t, operator, "revoke", "work", "q", "--token", token, ...ASK), [{ revoked: [token] }])
    t.match(await eventsOf(t, host, "work.revoking"), [{ name: "q", item: "1", token, revoked: BY }])
    while ((await items())[1]?.["state"] !== "assigned");
    t.not((await items())[1]?.["token"], token, "it has it again, under another token: there is no other worker")
    const answers = await told(t, operator, "revoke", "work", "q", ...ASK)
    const { code, stderr } = await worker.ended
    t.equal(code, 122, "it does not come back by itself")
    const events = linesOf(stderr)
    const place = events[0]?.["token"]
    t.match(answers, [{ revoked: [place] }])
    // That its last item is settled is told when that is answered, before or after.
    t.match(
      events.filter(({ type, token: of }) => type === "lost" && of === place),
      [{ reason: "revoked" }],
    )
    t.equal(events.filter(({ type, result }) => type === "settled" && result === "done").length, 4)
    t.strictSame(
      (await items()).map(({ state }) => state),
      ["free", "free", "free"],
    )
    const [shown] = await told(t, operator, "work", "show", "q")
    t.match(shown, { holders: [], history: [{ token: place, reason: "revoked", revoked: BY }] })
    const ends = (await eventsOf(t, host, "work.*")).filter(
      ({ kind }) => kind === "work.released" || kind === "work.lost",
    )
    t.strictSame(ends.map(({ kind, item }) => `${kind} ${item ?? ""}`.trim()).slice(-1), ["work.lost"])
    t.equal(ends.length, 5, "every token that was granted is over once")
  },
)

test("a ring of a lock and a semaphore across hosts is told at both, and an operator opens it", LONG, async (t) => {
  const { operator, host } = await stageFor(t)
  const one = await connect({ socket: operator.socket, name: "one" })
  const other = await connect({ socket: host.socket, name: "other" })
  t.teardown(() => Promise.all([one.close(), other.close()]))
  const permit = await one.semaphore("s", { limit: 2 }).acquire({ weight: 2 })
  const lock = await other.lock("x")
  const waits = other.semaphore("s", { limit: 2 }).acquire()
  while ((await listOf(t, operator, "waiters", "semaphores", "s")).length === 0);
  const blocked = one.lock("x")
  for (const agent of [operator, host]) {
    let found: readonly Json[] = []
    while (found.length === 0) found = await eventsOf(t, agent, "deadlock")
    t.match(found, [
      {
        chain: [
          { member: "n1", app: "one", token: String(permit.token), waits: { kind: "lock", name: "x" } },
          { member: "n2", app: "other", token: String(lock.token), waits: { kind: "semaphore", name: "s" } },
        ],
      },
    ])
  }
  const { stdout } = await at(t, host, "events", "--kind", "deadlock").ended
  t.match(stdout, /one at n1 waits for lock x {2}other at n2 waits for semaphore s/)
  await told(t, operator, "revoke", "semaphore", "s", "--grace", "0s", "--reason", "a ring")
  await waits
  t.ok(permit.signal.aborted)
  await lock.release()
  t.ok((await blocked).held)
})
