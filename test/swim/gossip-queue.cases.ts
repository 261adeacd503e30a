import { ok } from "node:assert/strict"
import type { NodeId } from "@conclave/base"
import type { Update } from "@conclave/swim"
import { GossipQueue, URGENCY, type Urgency } from "@conclave/swim/gossip-queue"
import fc from "fast-check"
import { test } from "tap"

const NO_LIMIT = 10_000

/** News that carries its own name, so that a test sees which one was taken. */
function news(name: string, bytes = 100, urgency: Urgency = URGENCY.verdict) {
  return {
    update: { kind: "opaque", bytes: Buffer.from(name), hops: 0 } satisfies Update,
    bytes,
    urgency,
  }
}

function push(queue: GossipQueue, name: string, bytes = 100, urgency: Urgency = URGENCY.verdict): void {
  queue.push(name, news(name, bytes, urgency), NO_LIMIT)
}

function names(updates: readonly Update[]): string[] {
  return updates.map((update) => (update.kind === "opaque" ? Buffer.from(update.bytes).toString() : update.kind))
}

test("the most urgent goes first, a refutation before all", async (t) => {
  const queue = new GossipQueue()
  push(queue, "tags", 100, URGENCY.description)
  push(queue, "newcomer", 100, URGENCY.join)
  push(queue, "suspect", 100, URGENCY.verdict)
  push(queue, "i live", 100, URGENCY.refutation)
  t.same(names(queue.take(1000, 9)), ["i live", "suspect", "newcomer", "tags"])
})

test("a refutation is not starved by any number of accusations", async (t) => {
  const queue = new GossipQueue()
  for (let index = 0; index < 500; index++) push(queue, `suspect ${index}`)
  push(queue, "i live", 100, URGENCY.refutation)
  for (let sent = 0; sent < 4; sent++) t.equal(names(queue.take(300, 4))[0], "i live")
  t.not(names(queue.take(300, 4))[0], "i live", "until it was sent often enough")
})

test("among equals what was sent least goes first", async (t) => {
  const queue = new GossipQueue()
  push(queue, "a")
  push(queue, "b")
  t.same(names(queue.take(100, 9)), ["a"])
  t.same(names(queue.take(100, 9)), ["b"])
  push(queue, "c")
  t.same(names(queue.take(100, 9)), ["c"])
})

test("news is forgotten when it was sent as often as it should", async (t) => {
  const queue = new GossipQueue()
  push(queue, "a")
  for (let sent = 0; sent < 3; sent++) t.same(names(queue.take(1000, 3)), ["a"])
  t.same(queue.take(1000, 3), [])
  t.equal(queue.size, 0)
  t.equal(queue.bytes, 0)
})

test("newer news of a subject takes the place of the older and starts again", async (t) => {
  const queue = new GossipQueue()
  queue.push("x" as NodeId, news("old"), NO_LIMIT)
  queue.take(1000, 9)
  queue.push("x" as NodeId, news("new", 70), NO_LIMIT)
  t.equal(queue.size, 1)
  t.equal(queue.bytes, 70)
  t.same(names(queue.take(1000, 9)), ["new"])
})

test("what does not fit is left for the next packet, smaller news goes", async (t) => {
  const queue = new GossipQueue()
  push(queue, "large", 900)
  push(queue, "larger", 950)
  push(queue, "small", 100)
  t.same(names(queue.take(1000, 9)), ["large", "small"])
  t.same(names(queue.take(1000, 9))[0], "larger")
})

test("a packet is filled to the last byte and not beyond", async (t) => {
  const queue = new GossipQueue()
  push(queue, "a", 60)
  push(queue, "b", 40)
  t.same(names(queue.take(59, 9)), ["b"])
  t.same(names(queue.take(99, 9)), ["a"])
  t.same(names(queue.take(100, 9)), ["b", "a"])
})

test("at its limit the queue gives up the least urgent that was sent most", async (t) => {
  const queue = new GossipQueue()
  queue.push("tags sent", news("tags sent", 100, URGENCY.description), 3)
  queue.take(100, 9)
  queue.push("tags", news("tags", 100, URGENCY.description), 3)
  queue.push("suspect", news("suspect"), 3)
  queue.push("i live", news("i live", 100, URGENCY.refutation), 3)
  t.same(names(queue.take(1000, 9)), ["i live", "suspect", "tags"])
})

test("what is dropped is gone", async (t) => {
  const queue = new GossipQueue()
  push(queue, "a")
  queue.drop("a")
  queue.drop("never there")
  t.equal(queue.size, 0)
  t.same(queue.take(1000, 9), [])
})

test("no packet exceeds its budget, no news its sends, and nothing is lost", async (t) => {
  const anyPush = fc.record({
    subject: fc.nat(30).map(String),
    bytes: fc.integer({ min: 22, max: 1220 }),
    urgency: fc.constantFrom<Urgency[]>(0, 1, 2, 3),
  })
  const anyStep = fc.oneof(anyPush, fc.record({ budget: fc.integer({ min: 0, max: 1400 }) }))
  fc.assert(
    fc.property(fc.array(anyStep, { maxLength: 200 }), fc.integer({ min: 1, max: 16 }), (steps, sendsMax) => {
      const queue = new GossipQueue()
      const held = new Map<string, { bytes: number; sends: number }>()
      for (const step of steps) {
        if ("subject" in step) {
          queue.push(step.subject, news(step.subject, step.bytes, step.urgency), NO_LIMIT)
          held.set(step.subject, { bytes: step.bytes, sends: 0 })
        } else {
          let left = step.budget
          for (const name of names(queue.take(step.budget, sendsMax))) {
            const entry = held.get(name)
            ok(entry !== undefined, "only what was pushed is taken")
            left -= entry.bytes
            if (++entry.sends === sendsMax) held.delete(name)
          }
          ok(left >= 0, "the budget holds")
        }
        ok(queue.size === held.size, "what was not sent often enough is still there")
        ok(
          queue.bytes === [...held.values()].reduce((sum, entry) => sum + entry.bytes, 0),
          "bytes are those of the news",
        )
      }
    }),
    { numRuns: 200 },
  )
  t.pass("whatever was pushed and taken")
})
