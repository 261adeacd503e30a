import { swimConfig, type Update } from "@conclave/swim"
import { suspicionBounds } from "@conclave/swim/suspicion"
import { test } from "tap"
import { accuser, alive, gone, idOf, Stage, suspect } from "./stage.ts"

/** How long a suspicion of member 1 lasts among `members`, with what `during` does to it. */
function suspicionMs(
  members: number,
  by: Parameters<typeof suspect>[1],
  during: (stage: Stage) => void = () => {},
): number {
  const stage = new Stage({ members })
  stage.silent.add(1)
  stage.answering = false
  stage.hear(2, suspect(1, by))
  const start = stage.nowMs
  during(stage)
  stage.until(() => stage.state(1) === "dead", 60_000)
  return stage.nowMs - start
}

const { minMs, maxMs } = suspicionBounds(swimConfig("lan"), 8)

test("a suspicion runs to its maximum, and each independent accuser shortens it", async (t) => {
  const one = suspicionMs(8, [2])
  const two = suspicionMs(8, [2, 3])
  const three = suspicionMs(8, [2, 3, 4])
  t.equal(one, maxMs)
  t.ok(two < one && two > three, `${two}`)
  t.equal(three, minMs)
  t.equal(suspicionMs(8, [2, 3, 4, 5, 6, 7]), minMs, "more than are wanted change nothing")
})

test("who announced a restart confirms nothing, and nobody waits for it", async (t) => {
  const away = (index: number): Update => alive(index, 1, 1, { restartingForMs: 60_000 })
  const among = (members: number, ...absent: readonly number[]): number => {
    const stage = new Stage({ members })
    stage.silent.add(1)
    stage.answering = false
    stage.hear(2, ...absent.map(away))
    stage.hear(2, suspect(1, [0]))
    return stage.until(() => stage.state(1) === "dead", 60_000)
  }
  t.equal(among(4), maxMs)
  t.equal(among(4, 3), minMs, "one other is left where two would have to confirm")
  t.equal(among(5, 3), maxMs)
  t.equal(among(5, 3, 4), minMs)
})

test("a suspicion that waits for confirmations stops waiting when nobody is left to give them", async (t) => {
  const after = (update: Update): number =>
    suspicionMs(4, [0], (stage) => {
      stage.advance(minMs + 1000)
      stage.hear(2, update)
    })
  const { probeWindowMinMs } = swimConfig("lan")
  const soon = minMs + 1000 + probeWindowMinMs
  t.equal(after(gone("dead", 3)), soon, "the accused had its last call")
  t.equal(after(alive(3, 1, 1, { restartingForMs: 60_000 })), soon)
  t.equal(after(alive(3, 1)), maxMs)
})

test("accusers count in any order of their arrival", async (t) => {
  const inOrder = suspicionMs(8, [2], (stage) => void stage.hear(3, suspect(1, [3]), suspect(1, [4])))
  const reversed = suspicionMs(8, [4], (stage) => void stage.hear(3, suspect(1, [3, 2])))
  t.equal(inOrder, minMs)
  t.equal(reversed, minMs)
})

test("an accuser counts once however often and from whomever it is heard, and hearsay is no accuser", async (t) => {
  const repeated = suspicionMs(8, [2], (stage) => {
    for (const teller of [2, 3, 4, 5, 6]) stage.hear(teller, suspect(1, [2]), suspect(1, []))
  })
  t.equal(repeated, maxMs)
})

test("accusers that come after the shortened deadline end the suspicion when a last call had its time", async (t) => {
  const stage = new Stage({ members: 8 })
  stage.answering = false
  stage.hear(2, suspect(1, [2]))
  stage.nowMs += minMs + 500
  stage.hear(3, suspect(1, [3, 4]))
  t.equal(stage.state(1), "suspect", "a message judges nothing")
  t.ok(stage.swim.nextDeadlineMs <= stage.nowMs)
  stage.take()
  stage.step({ kind: "tick" })
  t.ok(stage.sent("ping").some(({ message }) => message.target === idOf(1)))
  t.equal(stage.state(1), "suspect", "it can still answer")
  const { probeWindowMinMs } = swimConfig("lan")
  stage.advance(probeWindowMinMs)
  t.equal(stage.state(1), "dead")
  const dead = stage.of("memberChanged").find(({ change }) => change === "dead")
  t.equal(dead?.suspectMs, minMs + 500 + probeWindowMinMs)
  t.same(
    dead?.after?.accusers.map(({ id }) => id),
    [idOf(2), idOf(3), idOf(4)],
    "the dead keep their accusers",
  )
})

test("two witnesses by link end a suspicion in half a second, one at the minimum", async (t) => {
  const [first, second] = [accuser(2, "link"), accuser(3, "link")]
  t.equal(suspicionMs(8, [first]), minMs)
  t.equal(suspicionMs(8, [first, second]), 500)
  t.equal(
    suspicionMs(8, [first], (stage) => void stage.hear(3, suspect(1, [second]))),
    500,
    "never zero",
  )
  t.equal(
    suspicionMs(8, [first], (stage) => void stage.hear(2, suspect(1, [first]))),
    minMs,
    "the same witness twice",
  )
  const late = suspicionMs(8, [accuser(2), accuser(3)], (stage) => void stage.hear(3, suspect(1, [first, second])))
  t.equal(late, 500, "an accuser that becomes a witness")
})

test("a refuted suspicion is over, and the next one begins anew", async (t) => {
  const stage = new Stage({ members: 8 })
  stage.answering = false
  stage.hear(2, suspect(1, [2, 3, 4]))
  stage.advance(minMs - 10)
  stage.hear(1, alive(1, 1))
  t.equal(stage.state(1), "alive")
  stage.hear(2, suspect(1, [2, 3, 4], 1))
  stage.advance(minMs - 1)
  t.equal(stage.state(1), "suspect", "the old deadline is nobody's")
  stage.advance(1)
  t.equal(stage.state(1), "dead")
  t.same(stage.changes(1), ["suspect", "alive", "suspect", "dead"])
})

test("an alive of the accused incarnation refutes nothing", async (t) => {
  const stage = new Stage({ members: 8 })
  stage.hear(2, suspect(1, [2]))
  stage.hear(1, alive(1, 0), alive(1, 0, 1, { tags: { other: "yes" } }))
  t.equal(stage.state(1), "suspect")
  t.same(stage.member(1)?.record.tags, {})
})

test("stalls give a suspicion their time back, beside the longest at most twice its length", async (t) => {
  const stall = (lostMs: number, times: number): number =>
    suspicionMs(8, [2, 3, 4], (stage) => {
      for (let turn = 0; turn < times && stage.state(1) === "suspect"; turn++) {
        stage.nowMs += lostMs
        stage.step({ kind: "stalled", lostMs, drops: false })
      }
    })
  t.equal(stall(1000, 1), minMs + 1000)
  t.equal(stall(1000, 3), minMs + 3000)
  t.equal(stall(60_000, 1), 60_000 + minMs, "a suspended host kills nobody as it wakes")
  t.ok(stall(500, 100) <= 3 * minMs + 1000, "an agent that is always late still judges")
})

test("time lost before a suspicion began does not stretch it", async (t) => {
  const stage = new Stage({ members: 8 })
  stage.answering = false
  stage.nowMs = 10_000
  stage.hear(2, suspect(1, [2, 3, 4]))
  stage.step({ kind: "stalled", lostMs: 5000, drops: false })
  t.equal(
    stage.until(() => stage.state(1) === "dead", 60_000),
    minMs,
  )
})

test("after the kernel dropped datagrams nobody dies until the view was compared with another's", async (t) => {
  const stage = new Stage({ members: 8 })
  stage.hear(2, suspect(1, [2, 3, 4]))
  stage.silent.add(1)
  stage.onStream = () => "timeout"
  stage.advance(minMs - 100)
  stage.take()
  stage.step({ kind: "stalled", lostMs: 60, drops: true })
  const asked = stage.of("streamRequest").filter(({ body }) => body.kind === "digest")
  t.equal(asked.length, 1, "what was lost is asked for at once")
  stage.step({ kind: "stalled", lostMs: 0, drops: true })
  t.equal(stage.of("streamRequest").filter(({ body }) => body.kind === "digest").length, 1, "but not each time")
  stage.advance(2000)
  t.ok(stage.sent("ack").length + stage.sent("ping").length > 1)
  t.equal(stage.state(1), "suspect", "acks of others say nothing about refutations that were lost")
})

test("a comparison begun after the drops ends the hold, one begun before does not", async (t) => {
  for (const [since, state] of [
    ["after", "dead"],
    ["before", "suspect"],
  ] as const) {
    const stage = new Stage({ members: 8 })
    stage.answering = false
    stage.hear(2, suspect(1, [2, 3, 4]))
    stage.advance(minMs - 100)
    stage.step({ kind: "stalled", lostMs: 0, drops: true })
    const first = stage.of("streamRequest").find(({ body }) => body.kind === "digest")
    if (since === "before") {
      stage.advance(50)
      stage.step({ kind: "stalled", lostMs: 0, drops: true })
    }
    stage.advance(1000)
    const rows = { kind: "rows" as const, from: idOf(2), updates: [], wanted: [] }
    stage.step({ kind: "streamReply", request: first?.request ?? 0, pages: [rows], failure: "" })
    stage.advance(1)
    t.equal(stage.state(1), state, since)
  }
})

test("a refutation that the kernel threw away is fetched before its subject would be condemned", async (t) => {
  const stage = new Stage({ members: 8 })
  stage.silent.add(1)
  stage.hear(2, suspect(1, [2, 3, 4]))
  stage.advance(minMs - 100)
  stage.onStream = ({ kind }) =>
    kind === "digest" ? [{ kind: "rows", from: idOf(2), updates: [alive(1, 1)], wanted: [] }] : undefined
  stage.step({ kind: "stalled", lostMs: 0, drops: true })
  stage.advance(500)
  t.equal(stage.state(1), "alive")
  t.same(stage.changes(1), ["suspect", "alive"])
})

test("a hold lasts at most twice the minimum suspicion, however often datagrams are dropped", async (t) => {
  const took = suspicionMs(8, [2, 3, 4], (stage) => {
    for (let turn = 0; turn < 200 && stage.state(1) === "suspect"; turn++) {
      stage.advance(200)
      stage.step({ kind: "stalled", lostMs: 0, drops: true })
    }
  })
  t.ok(took >= 3 * minMs && took <= 3 * minMs + 200, `${took}`)
})

test("a hold ends twice the minimum suspicion after the drops, not after the suspicion", async (t) => {
  const took = suspicionMs(8, [2, 3, 4], (stage) => void stage.step({ kind: "stalled", lostMs: 0, drops: true }))
  t.equal(took, 2 * minMs)
})
