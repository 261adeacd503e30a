import {
  EMPTY_SNAPSHOT,
  type Entry,
  type Group,
  groupProblem,
  type HardState,
  type LogIndex,
  type LogPosition,
  type Message,
  type MessageBody,
  type ReplicaId,
  type SnapshotMeta,
  type Term,
  type VoteRefusal,
} from "@conclave/consensus"
import fc from "fast-check"

/**
 * What replicas may say and store, within every limit. Property tests reach the corners; fixed samples feed the fuzz.
 */

/** As `fc.record`, of ordinary objects, which compare equal to what a decoder makes. */
function shape<T>(model: { [K in keyof T]: fc.Arbitrary<T[K]> }): fc.Arbitrary<T> {
  return fc.record(model, { noNullPrototype: true }) as fc.Arbitrary<T>
}

const anyCount: fc.Arbitrary<number> = fc.oneof(fc.nat(300), fc.maxSafeNat())
const anyIndex = anyCount as fc.Arbitrary<LogIndex>
const anyTerm = anyCount as fc.Arbitrary<Term>
const anyPlace = anyCount.map((value) => Math.max(1, value))
const anyLevel = fc.oneof(fc.integer({ min: 1, max: 3 }), fc.constant(65_535))
const anyData = fc.oneof(fc.constant(new Uint8Array(0)), fc.uint8Array({ maxLength: 40 }))

export const anyReplica: fc.Arbitrary<ReplicaId> = fc.oneof(
  fc.constantFrom("a", "b", "c") as fc.Arbitrary<ReplicaId>,
  fc.stringMatching(/^[!-~]{1,64}$/) as fc.Arbitrary<ReplicaId>,
)

/** Voters, outgoing, learners and learners to be, out of one list of different ids. */
export const anyGroup: fc.Arbitrary<Group> = fc
  .tuple(fc.uniqueArray(anyReplica, { minLength: 1, maxLength: 9 }), fc.array(fc.nat(5), { maxLength: 9 }))
  .map(([ids, parts]) => {
    const of = (...wanted: number[]) => ids.filter((_, at) => wanted.includes(at === 0 ? 0 : (parts[at] ?? 0)))
    return { voters: of(0, 1), outgoing: of(1, 2, 3), learners: of(4, 5), learnersNext: of(3) }
  })
  .filter((group) => groupProblem(group) === undefined)

export const anyEntry: fc.Arbitrary<Entry> = fc
  .tuple(
    shape<Omit<Entry, "group">>({
      index: anyPlace as fc.Arbitrary<LogIndex>,
      term: anyPlace as fc.Arbitrary<Term>,
      kind: fc.constantFrom("noop", "command", "group", "feature"),
      stampMs: anyCount,
      featureLevel: anyLevel,
      data: anyData,
    }),
    anyGroup,
  )
  .map(([entry, group]) => (entry.kind === "group" ? { ...entry, group } : entry))

export const anyHardState: fc.Arbitrary<HardState> = shape<HardState>({
  term: anyTerm,
  vote: fc.option(anyReplica, { nil: undefined }),
  commit: anyIndex,
})

export const anySnapshotMeta: fc.Arbitrary<SnapshotMeta> = fc.oneof(
  fc.constant(EMPTY_SNAPSHOT),
  shape<SnapshotMeta>({
    index: anyPlace as fc.Arbitrary<LogIndex>,
    term: anyPlace as fc.Arbitrary<Term>,
    group: anyGroup,
    featureLevel: anyLevel,
  }),
)

const anyPosition: fc.Arbitrary<LogPosition> = shape<LogPosition>({ index: anyIndex, term: anyTerm })
const anyRefusal = fc.constantFrom<VoteRefusal[]>(
  "leader-heard",
  "voted-for-another",
  "log-behind",
  "stale-term",
  "installing-snapshot",
  "disk",
)
const anyAnswer = fc
  .option(anyRefusal, { nil: undefined })
  .chain((refusal) =>
    fc.boolean().map((granted) => (granted || refusal === undefined ? { granted } : { granted, refusal })),
  )

export const anyBody: fc.Arbitrary<MessageBody> = fc.oneof(
  shape({ kind: fc.constant("append" as const), prev: anyPosition, entries: fc.array(anyEntry), commit: anyIndex }),
  shape({
    kind: fc.constant("append" as const),
    prev: anyPosition,
    entries: fc.constant([]),
    commit: anyIndex,
    isQuiet: fc.constant(true as const),
  }),
  shape({ kind: fc.constant("appended" as const), match: anyIndex }),
  shape({ kind: fc.constant("appendRejected" as const), rejected: anyIndex, hint: anyPosition }),
  shape({ kind: fc.constant("heartbeat" as const), commit: anyIndex, match: anyIndex, round: anyCount }),
  shape({
    ...{ kind: fc.constant("heartbeat" as const), commit: anyIndex, match: anyIndex, round: anyCount },
    isBehind: fc.constant(true as const),
  }),
  shape({ kind: fc.constant("heartbeatReply" as const), round: anyCount, featureMax: fc.nat(70_000) }),
  shape({
    kind: fc.constant("heartbeatReply" as const),
    round: anyCount,
    featureMax: fc.nat(70_000),
    isFull: fc.constant(true as const),
    isSlow: fc.constant(true as const),
  }),
  shape({ kind: fc.constant("preVote" as const), last: anyPosition }),
  anyAnswer.map((answer) => ({ kind: "preVoteReply" as const, ...answer })),
  shape({
    kind: fc.constant("vote" as const),
    last: anyPosition,
    byTransfer: fc.boolean(),
    byHint: fc.boolean(),
  }),
  anyAnswer.map((answer) => ({ kind: "voteReply" as const, ...answer })),
  fc.constant({ kind: "timeoutNow" as const }),
  shape({ kind: fc.constant("readIndex" as const), call: anyCount }),
  shape({
    kind: fc.constant("readIndexReply" as const),
    call: anyCount,
    index: fc.option(anyIndex, { nil: undefined }),
  }),
  shape({ kind: fc.constant("removed" as const), at: anyIndex }),
  shape({ kind: fc.constant("members" as const), at: anyPosition, group: anyGroup }),
)

export const anyMessage: fc.Arbitrary<Message> = fc
  .tuple(fc.uniqueArray(anyReplica, { minLength: 2, maxLength: 2 }), anyTerm, anyBody)
  .map(([[from, to], term, body]) => ({ ...body, from: from as ReplicaId, to: to as ReplicaId, term }))
