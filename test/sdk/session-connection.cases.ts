import type { CallHandler, Connection, ConnectionListener } from "@conclave/sdk/connection"
import { ConclaveError } from "@conclave/sdk/errors"
import { SessionConnection } from "@conclave/sdk/session-connection"
import type { Input } from "@conclave/sdk/session-core/types"
import { test } from "tap"

const FRAME = { kind: "send", in: { name: "a" }, seq: 3, floor: 2, timeoutMs: 500 } as const

/** A connection on which the test is the agent. */
class Agent {
  readonly rhythm = { heartbeatMs: 100, ttlMs: 1000 } as const
  readonly begun: { readonly op: string; readonly handler: CallHandler }[] = []
  readonly ended: string[] = []
  listener: ConnectionListener | undefined

  readonly #log: string[]

  constructor(log: string[]) {
    this.#log = log
  }

  attend(listener: ConnectionListener): void {
    this.listener = listener
  }

  begin(...[{ op }, handler]: Parameters<Connection["begin"]>): () => void {
    this.#log.push(`begun ${op}`)
    this.begun.push({ op, handler })
    return () => void this.ended.push(op)
  }
}

function stage() {
  const log: string[] = []
  const fed: Input[] = []
  const connection = new SessionConnection({
    feed: (input) => {
      log.push(`fed ${input.kind}`)
      fed.push(input)
    },
    sessionId: () => "s",
    trace: {
      sent: ({ op, session, seq }) => void log.push(`sent ${op} ${seq} of ${session}`),
      told: ({ op }, body) => void log.push(`told ${op} ${"event" in body ? "event" : "out"}`),
    },
  })
  return { log, fed, connection, agent: new Agent(log) }
}

test("without a connection nothing is sent, and nobody is told that it was", (t) => {
  const { log, connection } = stage()
  connection.send({ ...FRAME, call: 1, op: "hold" })
  connection.end(1)
  t.same(log, [])
  t.end()
})

test("a frame is traced before it leaves, and what is said of it before the core hears", (t) => {
  const { log, fed, connection, agent } = stage()
  connection.use(agent)
  connection.send({ ...FRAME, call: 1, op: "hold" })
  const { handler } = agent.begun[0] as { handler: CallHandler }
  handler.event({ type: "granted" })
  handler.answer({ out: { released: true } })
  const begun = ["fed connected", "sent hold 3 of s", "begun hold"]
  t.same(log, [...begun, "told hold event", "fed event", "told hold out", "fed out"])
  t.match(fed, [agent.rhythm, { call: 1, event: { type: "granted" } }, { call: 1, out: { released: true } }])
  t.end()
})

test("an error is passed on with whether the log has decided it, and is no word of the agent's history", (t) => {
  const { log, fed, connection, agent } = stage()
  connection.use(agent)
  connection.send({ ...FRAME, call: 1, op: "kv.put" })
  const error = new ConclaveError("NO_QUORUM", "nobody leads", { outcome: "unknown", retryable: true })
  agent.begun[0]?.handler.answer({ error, isDecided: false })
  t.match(fed.at(-1), { kind: "error", call: 1, failure: { code: "NO_QUORUM", outcome: "unknown" }, isDecided: false })
  t.notOk(log.some((line) => line.startsWith("told")))
  t.end()
})

test("what has a stream is finished on it, until its last answer; of a connection before nothing counts", (t) => {
  const { fed, connection, agent } = stage()
  connection.use(agent)
  for (const [call, op] of ["hold", "barrier", "kv.put"].entries()) connection.send({ ...FRAME, call, op })
  for (const call of [0, 1, 2]) connection.end(call)
  t.same(agent.ended, ["hold", "barrier"])
  agent.begun[0]?.handler.answer({ out: {} })
  connection.end(0)
  t.equal(agent.ended.length, 2)
  const next = new Agent([])
  connection.use(next)
  connection.end(1)
  t.equal(agent.ended.length, 2, "its streams ended with it")
  agent.listener?.closed()
  t.notOk(fed.some(({ kind }) => kind === "disconnected"))
  next.listener?.goaway()
  next.listener?.closed()
  t.same(
    fed.slice(-2).map(({ kind }) => kind),
    ["goaway", "disconnected"],
  )
  connection.send({ ...FRAME, call: 9, op: "hold" })
  t.equal(next.begun.length, 0)
  t.end()
})
