import { createInterface } from "node:readline"
import { type Client, ConclaveError, type Lock } from "@conclave/sdk"
import { connectTraced } from "@conclave/sdk/connect"
import type { AppLine, ReleaseEnd } from "./app-line.ts"
import { monotonicNs } from "./monotonic.ts"

/**
 * A program of its own: an application of a fleet, which stands for locks as any other would and tells what becomes of it.
 *
 *   take NAME    stand for the lock from now on, again after each loss
 *   pass NAME    give it back if it is ours, and stand again at the end of the queue
 */
const [, , socket = "", app = "", ttlMs = ""] = process.argv

/** How often a holder notes how long it may believe. A renewal between the last note and a loss would only make it later. */
const NOTE_MS = 50
const CONNECT_LIMIT_MS = 60_000
/** After a refusal, so that an agent that is away is not asked in a tight loop. */
const AGAIN_MS = 50

interface Holding {
  readonly lock: Lock
  /** Up to when it may believe, as far as it was renewed. */
  untilMs: number
  readonly pass: () => void
}

/** One attempt to hold a name, as the agent has it. */
interface Attempt {
  readonly op: number
  /** Undefined until its first frame is sent. */
  seq: number | undefined
  /** Of the grant, then of its end. */
  rev: string
}

const holdings: Map<string, Holding> = new Map()
/** The present attempt for each name. */
const attempts: Map<string, Attempt> = new Map()
let operations = 0

const connected = connectTraced(
  { socket, name: app, ttlMs: Number(ttlMs), waitMs: CONNECT_LIMIT_MS },
  {
    sent: ({ op, session, seq, in: input }) => {
      const attempt = op === "hold" ? attempts.get(String(input["name"])) : undefined
      if (attempt === undefined || attempt.seq !== undefined || seq === undefined) return
      attempt.seq = seq
      tell({ event: "asked", op: attempt.op, name: String(input["name"]), t: nowNs(), session, seq, in: input })
    },
    told: ({ op, seq, in: input }, body) => {
      const attempt = op === "hold" ? attempts.get(String(input["name"])) : undefined
      if (attempt === undefined || attempt.seq !== seq) return
      const { rev } = Object.assign({ rev: attempt.rev }, "event" in body ? body.event : body.out)
      attempt.rev = rev
    },
  },
)
setInterval(() => {
  for (const holding of holdings.values()) holding.untilMs = Math.max(holding.untilMs, deadlineOf(holding.lock))
}, NOTE_MS)
createInterface({ input: process.stdin })
  .on("line", (line) => {
    const [verb, name = ""] = line.split(" ")
    if (verb === "take") void stand(name)
    if (verb === "pass") holdings.get(name)?.pass()
  })
  // Whoever started us is gone.
  .on("close", () => process.exit())

async function stand(name: string): Promise<never> {
  const client: Client = await connected
  for (;;) {
    const op = ++operations
    const attempt: Attempt = { op, seq: undefined, rev: "" }
    attempts.set(name, attempt)
    try {
      await hold(await client.lock(name), attempt)
    } catch (error) {
      if (!ConclaveError.is(error)) throw error
      const { code, outcome } = error
      tell({ event: "failed", op, name, t: nowNs(), code, outcome })
      await new Promise((resolve) => setTimeout(resolve, AGAIN_MS))
    }
  }
}

/** Resolves when it is not ours any more. */
async function hold(lock: Lock, attempt: Attempt): Promise<void> {
  const { name } = lock
  const { op, rev } = attempt
  const token = String(lock.token)
  const passed = new Promise<"passed">((resolve) => {
    const pass = (): void => resolve("passed")
    holdings.set(name, { lock, untilMs: deadlineOf(lock), pass })
  })
  tell({ event: "granted", op, name, t: nowNs(), token, rev, until: monotonicNs(deadlineOf(lock)) })
  const lost = new Promise<"lost">((resolve) => {
    lock.signal.addEventListener("abort", () => resolve("lost"), { once: true })
    if (lock.signal.aborted) resolve("lost")
  })
  const how = await Promise.race([passed, lost])
  const t = nowNs()
  const untilMs = holdings.get(name)?.untilMs ?? 0
  holdings.delete(name)
  if (how === "lost") return tellLoss(lock, op, untilMs)
  const end = await release(lock, attempt)
  tell({ event: "released", op, name, t, token, done: nowNs(), end })
}

async function release(lock: Lock, attempt: Attempt): Promise<ReleaseEnd> {
  try {
    await lock.release()
    return { rev: attempt.rev }
  } catch (error) {
    if (!ConclaveError.is(error)) throw error
    const { code, outcome } = error
    return { code, outcome }
  }
}

function tellLoss({ name, token, signal }: Lock, op: number, untilMs: number): void {
  const reason = ConclaveError.is(signal.reason) ? String(signal.reason.details["reason"]) : "unknown"
  // Where its clock ran out before anybody said so, `held` was false from then on.
  const t = monotonicNs(Math.min(performance.now(), untilMs))
  tell({ event: "lost", op, name, t, token: String(token), reason })
}

function deadlineOf(lock: Lock): number {
  return performance.now() + lock.remainingMs()
}

function nowNs(): string {
  return monotonicNs(performance.now())
}

function tell(line: AppLine): void {
  process.stdout.write(`${JSON.stringify(line)}\n`)
}
