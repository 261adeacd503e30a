import type { HoldKind } from "@conclave/consensus"
import { encodeCommand, Machine } from "@conclave/consensus"
import { Naive } from "@conclave/sim/check/naive"
import fc from "fast-check"
import { test } from "tap"
import { anyLog, NAMES, Sender, type Sight, type Step } from "./history.ts"
import { run } from "./stage.ts"

/** What both know, in the same words. */
function told(machine: Machine): unknown {
  const sessions = [...machine.sessions()].map((session) => {
    const { id, host, boot, attachment, detachedUntilMs, floor } = session
    return { id, host, boot, attachment, detachedUntilMs, floor, expiryMs: machine.expiresAtMs(session) }
  })
  const queues = forEachName((kind, name) => {
    const { name: known, holders, waiters } = machine.name(kind, name)
    const brief = ({ session, seq, token, note, value, revoking }: (typeof holders)[number]): unknown => {
      return { session, seq, token, note, value, revoking }
    }
    const past = (known?.history ?? []).map(
      ({ token, sinceMs, untilMs, reason }) => `${token} ${sinceMs}-${untilMs} ${reason}`,
    )
    return { holders: holders.map(brief), waiters: waiters.map(brief), past }
  })
  return { timeMs: machine.timeMs, rev: machine.rev, token: machine.lastToken, sessions: sessions.sort(byId), queues }
}

function expected(naive: Naive): unknown {
  const sessions = naive.sessions.map((session) => {
    const { id, host, boot, attachment, detachedUntil: detachedUntilMs, floor } = session
    return { id, host, boot, attachment, detachedUntilMs, floor, expiryMs: naive.expiry(session) }
  })
  const queues = forEachName((kind, name) => {
    const brief = ({ session, seq, token, note, value, revoking }: Naive["holds"][number]): unknown => {
      return { session, seq, token, note, value, revoking }
    }
    const past = (naive.history[`${kind}/${name}`] ?? []).slice(-32)
    return { holders: naive.granted(kind, name).map(brief), waiters: naive.waiting(kind, name).map(brief), past }
  })
  return { timeMs: naive.time, rev: naive.rev, token: naive.token, sessions: sessions.sort(byId), queues }
}

function forEachName(look: (kind: HoldKind, name: string) => unknown): unknown {
  const kinds: readonly HoldKind[] = ["lock", "election"]
  return kinds.flatMap((kind) => NAMES.map((name) => ({ kind, name, ...(look(kind, name) as object) })))
}

function byId(a: { readonly id: string }, b: { readonly id: string }): number {
  return a.id < b.id ? -1 : 1
}

/** Marks of what a run has reached, so that a generator that reaches nothing is noticed. */
const reached = new Map<string, number>()

function mark(word: string): void {
  reached.set(word, (reached.get(word) ?? 0) + 1)
}

function compare(steps: readonly Step[]): void {
  const machine = new Machine()
  const naive = new Naive()
  let nowMs = 0
  const sender = new Sender()
  const sight: Sight = {
    get lastToken(): number {
      return naive.token
    },
    get leader(): number | undefined {
      return naive.holds.find(({ kind, token }) => kind === "election" && token !== undefined)?.token
    },
    holderOf: (token) => naive.holds.find((each) => each.token === token)?.session,
    isLive: (session) => naive.sessions.some(({ id }) => id === session),
  }
  for (const step of steps) {
    nowMs += step.passMs
    const command = sender.next(step, sight)
    const applied = run(machine, encodeCommand(command), nowMs)
    const wanted = naive.apply(nowMs, command)
    if (applied.kind !== "applied") throw new Error("stopped")
    const { result, isRepeat, changes } = applied
    if (result !== undefined) mark(result.kind === "refused" ? result.refusal.kind : result.kind)
    if (isRepeat) mark("repeat")
    for (const change of changes) {
      if (change.end !== undefined) mark(`end ${change.end}`)
      if (change.kind === "hold" && change.after?.revoking?.reason === "preferred candidate") mark("asked")
    }
    if ([...machine.hosts()].some(({ isBraked }) => isBraked)) mark("braked")
    assertSame({ result, isRepeat, ...(told(machine) as object) }, { ...wanted, ...(expected(naive) as object) })
    const problems = machine.problems()
    if (problems.length > 0) throw new Error(problems.join("; "))
  }
}

function assertSame(found: unknown, wanted: unknown): void {
  const [a, b] = [JSON.stringify(found, undefined, 1), JSON.stringify(wanted, undefined, 1)]
  if (a !== b) throw new Error(difference(a, b))
}

function difference(a: string, b: string): string {
  const [left, right] = [a.split("\n"), b.split("\n")]
  const at = left.findIndex((line, index) => line !== right[index])
  return `machine: ${left.slice(Math.max(0, at - 8), at + 3).join(" ")}\nnaive: ${right.slice(Math.max(0, at - 8), at + 3).join(" ")}`
}

const RARE: readonly string[] = [
  ...["done", "renewed", "attached", "queued", "granted", "ended", "written", "revoked", "repeat", "braked", "asked"],
  ...["session-lost", "invalid", "grant-lost", "conflict", "not-yours", "outdated", "forgotten"],
  ...["expired", "revoked", "max-hold", "transferred", "closed", "released", "wait-timeout"].map((end) => `end ${end}`),
]

test("whatever the log says, the machine does what lists searched from end to end would do", (t) => {
  fc.assert(fc.property(anyLog, compare), { numRuns: 300, seed: 20_261_128 })
  t.same(
    RARE.filter((word) => !reached.has(word)),
    [],
    "every situation was reached",
  )
  fc.assert(fc.property(anyLog, compare), { numRuns: 60 })
  t.end()
})
