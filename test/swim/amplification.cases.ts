import { ok } from "node:assert/strict"
import type { Message, Update } from "@conclave/swim"
import { encodeMessage } from "@conclave/swim/wire"
import fc from "fast-check"
import { test } from "tap"
import { anyUpdate } from "./arbitraries.ts"
import { addrOf, alive, gone, idOf, Stage, suspect } from "./stage.ts"

/** Sealed or not, a frame adds the same to what is asked and to what is answered. */
function bytesOf(message: Message): number {
  return encodeMessage(message, 1).length
}

const KINDS = ["ping", "pingReq", "ack", "nack", "gossip"] as const
/** The states of members 1 to 4, then a stranger. */
const SENDERS = [1, 2, 3, 4, 39] as const

const anyMessage: fc.Arbitrary<{ readonly message: Message; readonly sender: number }> = fc
  .record({
    kind: fc.constantFrom(...KINDS),
    sender: fc.constantFrom(...SENDERS),
    target: fc.constantFrom(0, 6, 38),
    nonce: fc.constantFrom(0, 1, 0xffffffff),
    digest: fc.constantFrom(0, 7),
    timeoutMs: fc.constantFrom(0, 1, 200),
    updates: fc.array(fc.oneof(anyUpdate, fc.constant(suspect(7, [8]))), { maxLength: 5 }),
  })
  .map(({ kind, sender, target, nonce, digest, timeoutMs, updates }) => {
    const envelope = { from: idOf(sender), digest, updates, nonce, target: idOf(target), timeoutMs }
    return { message: { kind, ...envelope } as Message, sender }
  })

/** Knows members in every state and has more news than fits a datagram. */
function full(): Stage {
  const stage = new Stage({ members: 30 })
  stage.answering = false
  const records = Array.from({ length: 24 }, (_, index) => alive(6 + index, 1, 1, { tags: { role: "x".repeat(150) } }))
  stage.hear(5, ...records)
  stage.hear(5, suspect(2, [5, 6, 7]), gone("dead", 3), gone("left", 4))
  stage.take()
  return stage
}

test("no answer is larger than what it answers, whatever is said by whom, and a stranger has none", async (t) => {
  const answered: Record<string, number> = {}
  fc.assert(
    fc.property(anyMessage, ({ message, sender }) => {
      const stage = full()
      stage.message(sender, message)
      const answers = stage
        .of("send")
        .map((effect) => effect.message)
        .filter(({ kind }) => kind !== "gossip")
      for (const answer of answers) {
        answered[answer.kind] = (answered[answer.kind] ?? 0) + 1
        ok(bytesOf(answer) <= bytesOf(message), `${bytesOf(answer)} bytes for ${bytesOf(message)}`)
      }
      ok(answers.length <= 1)
      const isKnown = stage.member(sender) !== undefined
      if (!isKnown) ok(stage.of("send").every(({ to }) => to !== addrOf(sender)))
      if (sender === 39 && !message.updates.some((update) => update.kind === "alive")) ok(!isKnown)
    }),
    { numRuns: 2000, seed: 5 },
  )
  for (const kind of ["ack", "nack", "ping"]) t.ok((answered[kind] ?? 0) > 20, `${kind}: ${answered[kind]}`)
})

test("news of what a small question leaves no room for goes with a large one", async (t) => {
  const stage = full()
  const ask = (updates: readonly Update[]): readonly Update[] => {
    stage.take()
    stage.message(1, { kind: "ping", from: idOf(1), nonce: 1, target: idOf(0), digest: 1, updates })
    return stage.sent("ack")[0]?.message.updates ?? []
  }
  t.same(ask([]), [])
  t.ok(ask(Array.from({ length: 4 }, () => alive(1, 0, 1, { tags: { role: "x".repeat(200) } }))).length >= 3)
})

test("of a flood of small datagrams from a member in any state comes less than went in", async (t) => {
  for (const sender of SENDERS)
    for (const kind of KINDS) {
      const stage = full()
      // What there is to be told is told to others meanwhile, as without the flood.
      stage.advance(10_000)
      stage.take()
      let bytesIn = 0
      for (let count = 0; count < 2000; count++) {
        const envelope = { from: idOf(sender), nonce: count, digest: 0, updates: [], target: idOf(0), timeoutMs: 1 }
        const message = { kind, ...envelope } as Message
        bytesIn += bytesOf(message)
        stage.message(sender, message)
        if (count % 20 === 0) stage.nowMs += 10
      }
      let bytesOut = 0
      for (const { to, message } of stage.of("send")) if (to === addrOf(sender)) bytesOut += bytesOf(message)
      t.ok(bytesOut <= bytesIn, `${kind} of ${sender}: ${bytesOut} bytes for ${bytesIn}`)
      if (sender === 39) t.equal(bytesOut, 0)
    }
})
