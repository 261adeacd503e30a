import { type Entry, type Group, type Input, type MessageBody, Raft, type ReplicaId } from "@conclave/consensus"
import fc from "fast-check"
import { test } from "tap"
import { at, CONFIG, entryOf, groupOf, id, inTerm, Stage, storedOf } from "./stage.ts"

/** Small numbers, so that what is sent meets what is there; `a` receives. */
const index = fc.nat(8).map(at)
const term = fc.nat(6).map(inTerm)
const place = fc.record({ index, term })
const sender: fc.Arbitrary<ReplicaId> = fc.constantFrom("b", "c", "d", "e").map(id)
const anyGroup: fc.Arbitrary<Group> = fc.constantFrom(
  groupOf("abc"),
  groupOf("bc"),
  groupOf("abd", { outgoing: "abc" }),
  groupOf("bc", { learners: "a" }),
  groupOf("bcd", { outgoing: "abc", learnersNext: "a" }),
)
const entry: fc.Arbitrary<Entry> = fc
  .record({
    index: fc.integer({ min: 1, max: 9 }),
    term: fc.nat(6),
    level: fc.integer({ min: 1, max: 2 }),
    group: fc.option(anyGroup),
  })
  .map(({ index, term, level, group }) => ({
    ...entryOf(index, term, group === null ? {} : { group }),
    featureLevel: level,
  }))
/** In order behind a place, as a leader would send them, or as nobody would. */
const entries = fc.oneof(
  fc.array(entry, { maxLength: 3 }),
  fc
    .record({ from: fc.nat(8), terms: fc.array(fc.nat(6), { maxLength: 4 }) })
    .map(({ from, terms }) => [...terms].sort().map((each, before) => entryOf(from + 1 + before, each))),
)
const granted = fc.boolean()

const body: fc.Arbitrary<MessageBody> = fc.oneof(
  fc.record({ kind: fc.constant("append" as const), prev: place, entries, commit: index }),
  entries.chain((all) =>
    fc.record({
      kind: fc.constant("append" as const),
      prev: fc.record({ index: fc.constant(at(Math.max(0, (all[0]?.index ?? 1) - 1))), term }),
      entries: fc.constant(all),
      commit: index,
    }),
  ),
  fc.record({ kind: fc.constant("appended" as const), match: index }),
  fc.record({ kind: fc.constant("appendRejected" as const), rejected: index, hint: place }),
  fc.record({ kind: fc.constant("heartbeat" as const), commit: index, match: index, round: fc.nat(5) }),
  fc.record({ kind: fc.constant("heartbeatReply" as const), round: fc.nat(5), featureMax: fc.nat(3) }),
  fc.record({ kind: fc.constant("preVote" as const), last: place }),
  fc.record({ kind: fc.constant("preVoteReply" as const), granted }),
  fc.record({ kind: fc.constant("vote" as const), last: place, byTransfer: fc.boolean(), byHint: fc.boolean() }),
  fc.record({ kind: fc.constant("voteReply" as const), granted }),
  fc.constant({ kind: "timeoutNow" as const }),
  fc.record({ kind: fc.constant("readIndex" as const), call: fc.nat(3) }),
  fc.record({
    kind: fc.constant("readIndexReply" as const),
    call: fc.nat(3),
    index: fc.option(index, { nil: undefined }),
  }),
)

type Move = { readonly kind: "input"; readonly input: Input } | { readonly kind: "tick" | "sync" }

const move: fc.Arbitrary<Move> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc
      .record({ from: sender, term, body })
      .map(({ from, term, body }) => input({ kind: "message", message: { from, to: id("a"), term, ...body } })),
  },
  { weight: 2, arbitrary: fc.constant({ kind: "tick" as const }) },
  { weight: 2, arbitrary: fc.constant({ kind: "sync" as const }) },
  {
    weight: 1,
    arbitrary: fc
      .record({
        from: sender,
        term,
        index: fc.integer({ min: 1, max: 9 }),
        of: fc.integer({ min: 1, max: 7 }),
        group: anyGroup,
        level: fc.integer({ min: 1, max: 2 }),
      })
      .map(({ from, term, index, of, group, level }) =>
        input({
          kind: "snapshotReceived",
          from,
          term,
          meta: { index: at(index), term: inTerm(of), group, featureLevel: level },
        }),
      ),
  },
  {
    weight: 1,
    arbitrary: fc.constant(
      input({ kind: "propose", proposals: [{ call: 1, data: new Uint8Array(3), stampMs: 0, relieves: false }] }),
    ),
  },
  { weight: 1, arbitrary: fc.constant(input({ kind: "read", call: 7 })) },
)

function input(input: Input): Move {
  return { kind: "input", input }
}

function play(moves: readonly Move[], isFast: boolean): Stage {
  const stage = new Stage("a", { disk: { terms: [1, 1, 2], commit: 1, term: 2 } })
  stage.isDiskFast = isFast
  for (const each of moves) {
    if (stage.raft.ended !== undefined) break
    if (each.kind === "input") stage.step(each.input)
    else if (each.kind === "sync") stage.sync()
    else if (Number.isFinite(stage.raft.nextDeadlineMs)) stage.tick()
    for (const { meta } of stage.all("restore")) stage.step({ kind: "restored", index: meta.index })
    stage.effects = stage.effects.filter(({ kind }) => kind !== "restore")
  }
  return stage
}

/** What was written, as a start would find it. */
function restarted(stage: Stage): Raft {
  const stored = storedOf({ terms: [1, 1, 2], commit: 1, term: 2 })
  let { entries, snapshot, hardState } = stored
  for (const write of stage.writes) {
    const { truncateFrom } = write
    if (write.snapshot !== undefined) [snapshot, entries] = [write.snapshot, []]
    if (truncateFrom !== undefined) entries = entries.filter((each) => each.index < truncateFrom)
    entries = [...entries, ...write.entries]
    hardState = write.hardState
  }
  return new Raft({ id: id("a"), config: CONFIG, seed: 1, nowMs: stage.now, stored: { hardState, snapshot, entries } })
}

test("no frames, whoever sent them and in whatever order, break a replica or what it has written", async (t) => {
  let ends = 0
  const check = fc.property(fc.array(move, { minLength: 1, maxLength: 30 }), fc.boolean(), (moves, isFast) => {
    const stage = play(moves, isFast)
    if (stage.raft.ended !== undefined) ends++
    restarted(stage)
    const applied = stage.applied
    return applied.every((each, before) => before === 0 || each > (applied[before - 1] as number))
  })
  t.doesNotThrow(() => fc.assert(check, { numRuns: 20_000 }))
  t.ok(ends > 0, "some of them end it")
})

test("a second leader in one term ends a replica of its group, which says who they are; a stranger's word is dropped", async (t) => {
  const leads = new Stage("a", { disk: { term: 1 } })
  leads.lead()
  const follows = new Stage("a", { disk: { term: 2 } })
  follows.heartbeat("b", { term: 2 })
  for (const [stage, leader] of [
    [leads, "a"],
    [follows, "b"],
  ] as const) {
    stage.forget()
    stage.heartbeat("x")
    t.equal(stage.raft.ended, undefined)
    t.equal(stage.raft.leader, leader)
    stage.heartbeat("c")
    t.same(stage.all("ended"), [{ kind: "ended", reason: "two-leaders", evidence: `${leader} and c in term 2` }])
    t.same(stage.all("send"), [], "and it says nothing more")
  }
})

test("a snapshot of a later term than its sender's is not taken", async (t) => {
  const stage = new Stage("a", { disk: { term: 2 } })
  const meta = { index: at(9), term: inTerm(4), group: groupOf("abc"), featureLevel: 1 }
  stage.step({ kind: "snapshotReceived", from: id("b"), term: inTerm(3), meta })
  t.same(stage.all("restore"), [])
  stage.step({ kind: "snapshotReceived", from: id("b"), term: inTerm(4), meta })
  t.equal(stage.all("restore").length, 1)
})
