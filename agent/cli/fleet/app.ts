import { createInterface } from "node:readline"
import { type Client, ConclaveError, type Lock } from "@conclave/sdk"
import { connectTraced } from "@conclave/sdk/connect"
import type { ReleaseEnd } from "./app-line.ts"
import { aborted, type Believed, believedUntilNs, nextOp, noteBeliefs, nowNs, tell } from "./app-words.ts"
import { PoolWorker } from "./app-work.ts"
import { monotonicNs } from "./monotonic.ts"

/**
 * A program of its own: an application of a fleet, which stands for locks and works as any other would and tells what
 * becomes of it.
 *
 *   take NAME              stand for the lock from now on, again after each loss
 *   pass NAME              give it back if it is ours, and stand again at the end of the queue
 *   work NAME PARTITIONS   work in the pool, as often as the session is lost
 *   drain NAME             hand back all that we have of the pool, and work in it no more
 */
const [, , socket = "", app = "", ttlMs = ""] = process.argv

const CONNECT_LIMIT_MS = 60_000
/** After a refusal, so that an agent that is away is not asked in a tight loop. */
const AGAIN_MS = 50

interface Holding extends Believed {
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
const workers: Map<string, PoolWorker> = new Map()

const connected = connectTraced(
  { socket, name: app, ttlMs: Number(ttlMs), waitMs: CONNECT_LIMIT_MS },
  {
    sent: (frame) => {
      for (const worker of workers.values()) worker.sent(frame)
      const { op, session, seq, in: input } = frame
      const name = String(input["name"])
      const attempt = op === "hold" && input["kind"] === "lock" ? attempts.get(name) : undefined
      if (attempt === undefined || attempt.seq !== undefined || seq === undefined) return
      attempt.seq = seq
      tell({ event: "asked", kind: "lock", op: attempt.op, name, t: nowNs(), session, seq, in: input })
    },
    told: (frame, body) => {
      for (const worker of workers.values()) worker.told(frame, body)
      const { op, seq, in: input } = frame
      const attempt = op === "hold" && input["kind"] === "lock" ? attempts.get(String(input["name"])) : undefined
      if (attempt === undefined || attempt.seq !== seq) return
      const { rev } = Object.assign({ rev: attempt.rev }, "event" in body ? body.event : body.out)
      attempt.rev = rev
    },
  },
)
noteBeliefs(() => [...holdings.values(), ...[...workers.values()].flatMap(({ beliefs }) => [...beliefs])])
createInterface({ input: process.stdin })
  .on("line", (line) => {
    const [verb, name = "", partitions = ""] = line.split(" ")
    if (verb === "take") void stand(name)
    if (verb === "pass") holdings.get(name)?.pass()
    if (verb === "work") void work(name, Number(partitions))
    if (verb === "drain") workers.get(name)?.drain()
  })
  // Whoever started us is gone.
  .on("close", () => process.exit())

async function work(name: string, partitions: number): Promise<void> {
  const worker = new PoolWorker(name)
  workers.set(name, worker)
  await worker.work(await connected, { partitions, id: app })
}

async function stand(name: string): Promise<never> {
  const client: Client = await connected
  for (;;) {
    const op = nextOp()
    const attempt: Attempt = { op, seq: undefined, rev: "" }
    attempts.set(name, attempt)
    try {
      await hold(await client.lock(name), attempt)
    } catch (error) {
      if (!ConclaveError.is(error)) throw error
      const { code, outcome } = error
      tell({ event: "failed", kind: "lock", op, name, t: nowNs(), code, outcome })
      await new Promise((resolve) => setTimeout(resolve, AGAIN_MS))
    }
  }
}

/** Resolves when it is not ours any more. */
async function hold(lock: Lock, attempt: Attempt): Promise<void> {
  const { name } = lock
  const { op, rev } = attempt
  const about = { kind: "lock", op, name, token: String(lock.token) } as const
  const untilMs = performance.now() + lock.remainingMs()
  const passed = new Promise<"passed">((resolve) => {
    holdings.set(name, { held: lock, untilMs, pass: () => resolve("passed") })
  })
  tell({ event: "granted", ...about, t: nowNs(), rev, until: monotonicNs(untilMs) })
  const how = await Promise.race([passed, aborted(lock.signal)])
  const t = nowNs()
  const believed = holdings.get(name) ?? { untilMs: 0 }
  holdings.delete(name)
  if (how === "passed")
    return tell({ event: "released", ...about, t, end: await release(lock, attempt), done: nowNs() })
  const { reason: loss } = lock.signal as { readonly reason: unknown }
  const reason = ConclaveError.is(loss) ? String(loss.details["reason"]) : "unknown"
  tell({ event: "lost", ...about, t: believedUntilNs(believed), reason })
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
