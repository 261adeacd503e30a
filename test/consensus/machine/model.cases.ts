import type { Command, RestoreId } from "@conclave/consensus"
import { encodeCommand, Machine } from "@conclave/consensus"
import { Naive } from "@conclave/sim/check/naive"
import type { NaiveBackup } from "@conclave/sim/check/naive-types"
import { difference, differenceOfStates } from "@conclave/sim/group/naive-shadow"
import fc from "fast-check"
import { test } from "tap"
import { backupOf, type MachineBackup } from "./backup.ts"
import { anyLog, type Backup, firstCommands, Sender, type Sight, type Step } from "./history.ts"
import { acquireOf, FOUNDED_WALL_MS, run, sessionId } from "./stage.ts"

/** Marks of what a run has reached, so that a generator that reaches nothing is noticed. */
const reached = new Map<string, number>()

function mark(word: string): void {
  reached.set(word, (reached.get(word) ?? 0) + 1)
}

function compare(steps: readonly Step[]): void {
  const both = new Both()
  const sender = new Sender()
  const sight: Sight = {
    get lastToken(): number {
      return both.naive.token
    },
    get leader(): number | undefined {
      return both.naive.holds.find(({ kind, token }) => kind === "election" && token !== undefined)?.token
    },
    modRevOf: (key) => both.naive.entries.find((each) => each.key === key)?.modRev ?? 0,
    holderOf: (token) => both.naive.holds.find((each) => each.token === token)?.session,
    isLive: (session) => both.naive.sessions.some(({ id }) => id === session),
  }
  for (const step of steps) {
    both.nowMs += step.passMs
    if (step.backup?.kind === "save") both.save()
    if (step.backup?.kind === "lose") both.beginAnew()
    if (step.backup?.kind === "load") both.load(step.backup)
    both.apply(sender.next(step, sight))
  }
}

/** The machine and the model, which must agree after every entry. */
class Both {
  nowMs = 0
  naive: Naive = new Naive()
  #machine: Machine = new Machine()
  #saved: { readonly backup: MachineBackup; readonly of: NaiveBackup } | undefined
  #restores = 0

  apply(command: Command): void {
    const machine = this.#machine
    const applied = run(machine, encodeCommand(command), this.nowMs)
    const wanted = this.naive.apply(this.nowMs, command)
    if (applied.kind !== "applied") throw new Error("stopped")
    const { result, isRepeat, changes } = applied
    if (result !== undefined) mark(result.kind === "refused" ? result.refusal.kind : result.kind)
    if (isRepeat) mark("repeat")
    for (const change of changes) {
      if ("end" in change && change.end !== undefined) mark(`end ${change.end}`)
      if (change.kind === "entry") mark(change.after === undefined ? "entry deleted" : "entry put")
      if (change.kind === "hold" && change.after?.revoking?.reason === "preferred candidate") mark("asked")
    }
    if ([...machine.hosts()].some(({ isBraked }) => isBraked)) mark("braked")
    const { naive } = this
    const otherwise = difference({ result, isRepeat }, wanted) ?? differenceOfStates(machine, naive)
    if (otherwise !== undefined) throw new Error(otherwise)
    const problems = machine.problems()
    if (problems.length > 0) throw new Error(problems.join("; "))
  }

  /** Another cluster, which knows nothing of this one. */
  beginAnew(): void {
    this.naive = new Naive()
    this.#machine = new Machine()
    for (const command of firstCommands()) this.apply(command)
  }

  save(): void {
    this.#saved = { backup: backupOf(this.#machine), of: structuredClone({ ...this.naive, backups: {} }) }
  }

  /** Refused in some of the ways in which it can be, or all of it at one entry. */
  load({ wallMs, partsOff, isUnstaged, isTwice }: Extract<Backup, { kind: "load" }>): void {
    if (this.#saved === undefined) return
    const { parts, quietMs } = this.#saved.backup
    const restore = sessionId(1000 + ++this.#restores) as string as RestoreId
    this.naive.backups[restore] = this.#saved.of
    for (const [part, data] of parts.entries()) this.apply({ kind: "stage", restore, part, data })
    if (isUnstaged) this.apply({ kind: "unstage", restore })
    const wall = { wallMs: FOUNDED_WALL_MS + wallMs, savedWallMs: FOUNDED_WALL_MS }
    const last = { kind: "restore", restore, parts: parts.length + partsOff, quietMs, ...wall } as const
    this.apply(last)
    if (this.naive.restored === restore) mark("restored")
    if (isTwice) this.apply(last)
  }
}

const RARE: readonly string[] = [
  ...["done", "renewed", "attached", "queued", "granted", "ended", "written", "revoked", "repeat", "braked", "asked"],
  ...["restored", "opened", "removed", "entry put", "entry deleted"],
  ...["session-lost", "invalid", "grant-lost", "conflict", "not-yours", "outdated", "forgotten"],
  ...[
    "expired",
    "revoked",
    "max-hold",
    "transferred",
    "closed",
    "released",
    "wait-timeout",
    "fenced",
    "opened",
    "too-heavy",
  ].map((end) => `end ${end}`),
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

test("beyond the answers that are kept of a session the lowest are forgotten, in whatever order they came", (t) => {
  const both = new Both()
  both.beginAnew()
  const ask = (seq: number): void => both.apply(acquireOf(sessionId(1), seq, { waitMs: 0 }))
  const requests = Array.from({ length: 200 }, (_, at) => at + 1)
  // The first of all stays unanswered for long, and each tenth comes late.
  both.apply(acquireOf(sessionId(2), 1))
  for (const seq of [...requests.filter((each) => each % 10 > 0), ...requests.filter((each) => each % 10 === 0)])
    ask(seq)
  for (const seq of requests) ask(seq)
  t.ok((both.naive.sessions.find(({ id }) => id === sessionId(1))?.floor ?? 0) > 1)
  t.end()
})
