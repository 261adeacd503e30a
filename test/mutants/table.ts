import { ACCESS_MUTANTS } from "./access-mutants.ts"
import { DHT_MUTANTS } from "./dht-mutants.ts"
import { FOUNDING_MUTANTS } from "./founding-mutants.ts"
import { type Mutant, seed, test } from "./mutant.ts"
import { SEAL_MUTANTS } from "./seal-mutants.ts"
import { STREAM_MUTANTS } from "./stream-mutants.ts"
import { WATCH_MUTANTS } from "./watch-mutants.ts"
import { WORK_MUTANTS } from "./work-mutants.ts"

/** Mistakes that would cost what Conclave promises, each with the quickest check that sees it. */
export const MUTANTS: readonly Mutant[] = [
  {
    name: "a resized semaphore forgets its heavy waiter",
    module: "consensus/machine/semaphore.js",
    search: `state.touched.add(key);`,
    replace: `;`,
    catcher: test("consensus/machine/semaphore", "a limit that grows lets in who waits, in the same entry"),
  },
  {
    name: "a barrier opens one party early",
    module: "consensus/machine/holds.js",
    search: `queue.waiting.size >= name.limit`,
    replace: `queue.waiting.size >= name.limit - 1`,
    catcher: test(
      "consensus/machine/holds",
      "a barrier opens once as many wait as it takes: all with one generation, each with its place",
    ),
  },
  {
    name: "who is fenced is told nothing",
    module: "agent/coordination/hold-stream.js",
    search: `answer === undefined ? this.#gone(rev, end ?? "session-ended")`,
    replace: `answer === undefined ? end !== "fenced" && this.#gone(rev, end ?? "session-ended")`,
    catcher: test("sdk/group", "the newest of an id wins, and the older one is lost as fenced"),
  },
  ...WORK_MUTANTS,
  ...WATCH_MUTANTS,
  {
    name: "a vote leaves before it is on disk",
    module: "consensus/election.js",
    search: `core.send(message.from, { kind: "voteReply", granted: true }, "durable")`,
    replace: `core.send(message.from, { kind: "voteReply", granted: true }, "now")`,
    catcher: seed(1),
  },
  {
    name: "an append is acknowledged before it is on disk",
    module: "consensus/follower.js",
    search: `core.send(from, { kind: "appended", match }, "durable")`,
    replace: `core.send(from, { kind: "appended", match }, "now")`,
    catcher: seed(1),
  },
  {
    name: "an entry of an earlier term is committed by counting",
    module: "consensus/leader.js",
    search: `if (index <= commit || log.term(index) !== term)`,
    replace: `if (index <= commit)`,
    catcher: test("consensus/transcript", "transcript: figure 8 overwritten"),
  },
  {
    name: "a vote is not written when its term already was",
    module: "consensus/core.js",
    search: `this.#written.term === term && this.#written.vote === vote`,
    replace: `this.#written.term === term`,
    catcher: seed(8),
  },
  {
    name: "an acknowledgement makes durable what replaced its entries",
    module: "consensus/core.js",
    search: `if (epoch === this.#epoch && known.last > this.durable)`,
    replace: `if (known.last > this.durable)`,
    catcher: test("consensus/transcript", "transcript: async storage aba"),
  },
  {
    name: "a leader without its quorum goes on",
    module: "consensus/replica.js",
    search: `if (!this.#leader.hasQuorum)`,
    replace: `if (false)`,
    catcher: test("consensus/transcript", "transcript: check quorum"),
  },
  {
    name: "a stale leader answers reads: the round before them is enough",
    module: "consensus/reads.js",
    search: `round: this.#round + 1`,
    replace: `round: this.#round`,
    catcher: test("consensus/reads", "a round confirms the reads that came before it began, and no later one"),
  },
  {
    name: "a new leader reads up to what it knew before its own entry was committed",
    module: "consensus/leader.js",
    search: `const index = this.isSettled ? commit : this.#firstOwn`,
    replace: `const index = commit`,
    catcher: test(
      "consensus/raft-paper",
      "§8 a leader commits an empty entry of its own term first, and answers no read before",
    ),
  },
  {
    name: "in a joint group the new majority is enough",
    module: "consensus/quorum.js",
    search: `group.outgoing.length > 0 ? [group.voters, group.outgoing] : [group.voters]`,
    replace: `[group.voters]`,
    catcher: test("consensus/transcript", "transcript: joint change leaves by itself"),
  },
  {
    name: "a voter that hears its leader votes for another",
    module: "consensus/election.js",
    search: `if (hearsLeader)`,
    replace: `if (false)`,
    catcher: test("consensus/transcript", "transcript: pre vote and check quorum"),
  },
  {
    name: "a second change of the group begins before the first is committed",
    module: "consensus/leader.js",
    search: `if (isJoint(group) || log.groupIndex > commit)
            return "change-pending";`,
    replace: ``,
    catcher: test("consensus/leader-changes", "one change at a time, and none before an own entry is committed"),
  },
  {
    name: "voters change without the word of those that are to vote",
    module: "consensus/leader.js",
    search: `|| !hasQuorum(towards(group, target), isThere)`,
    replace: ``,
    catcher: test(
      "consensus/leader-changes",
      "with a newcomer that fell silent, or without a majority of those to be, no change begins",
    ),
  },
  {
    name: "a snapshot carries the newest group instead of the one of its place",
    module: "consensus/log.js",
    search: `group: this.groupAt(index), featureLevel: entry.featureLevel`,
    replace: `group: this.group, featureLevel: entry.featureLevel`,
    catcher: test(
      "consensus/log",
      "the place of a snapshot has the group and the feature level that were in force there",
    ),
  },
  {
    name: "a multiple lock is granted past the head of a queue",
    module: "consensus/machine/holds.js",
    search: `queue.waiting.first !== hold || `,
    replace: ``,
    catcher: test(
      "consensus/machine/holds",
      "a reader of several names does not overtake a writer that waits for one of them",
    ),
  },
  {
    name: "a reader overtakes a writer that waits",
    module: "consensus/machine/queue.js",
    search: `b.priority - a.priority || a.order - b.order`,
    replace: `b.priority - a.priority || a.weight - b.weight || a.order - b.order`,
    catcher: test("consensus/machine/holds", "readers share; a writer that waits stops later readers"),
  },
  {
    name: "a permit is granted where it does not fit any more",
    module: "consensus/machine/holds.js",
    search: `queue.used + hold.weight > name.limit`,
    replace: `queue.used + 1 > name.limit`,
    catcher: test(
      "consensus/machine/holds",
      "permits of a semaphore never weigh more than its limit, and a heavy one is not overtaken",
    ),
  },
  {
    name: "the limit of a semaphore outlives those who said it",
    module: "consensus/machine/holds.js",
    search: `name !== undefined && name.limit !== KINDS[name.kind].limit`,
    replace: `false`,
    catcher: test(
      "consensus/machine/holds",
      "a restore grants nothing for a while, whatever the kind; then all moves, in its order",
    ),
  },
  {
    name: "who joins under a live id joins beside it",
    module: "consensus/machine/holds.js",
    search: `if (older !== undefined)`,
    replace: `if (false)`,
    catcher: test(
      "consensus/machine/holds",
      "a group takes everybody at once; the newest of an id wins, and the older one is fenced",
    ),
  },
  {
    name: "a barrier lets through all that wait",
    module: "consensus/machine/holds.js",
    search: `.waiting.items.slice(0, state.name(key).limit)`,
    replace: `.waiting.items.slice()`,
    catcher: test(
      "consensus/machine/holds",
      "a restore grants nothing for a while, whatever the kind; then all moves, in its order",
    ),
  },
  {
    name: "who waits with more than a limit that shrank waits on",
    module: "consensus/machine/semaphore.js",
    search: `weight > limit`,
    replace: `false`,
    catcher: test(
      "consensus/machine/semaphore",
      "who waits with more than a limit that shrank is refused, and those behind it go on",
    ),
  },
  {
    name: "the guard of a write is not looked at where it is applied",
    module: "consensus/machine/kv.js",
    search: `guard === undefined ? undefined : guardProblem(state, guard)`,
    replace: `undefined`,
    catcher: test(
      "consensus/machine/kv",
      "a guard is looked at in the same entry, whoever sends it: the token must hold this very name",
    ),
  },
  {
    name: "a write compares with the revision that made the key",
    module: "consensus/machine/kv.js",
    search: `state.entry(key)?.modRev ?? 0`,
    replace: `state.entry(key)?.createRev ?? 0`,
    catcher: test(
      "consensus/machine/kv",
      "a write with a revision is applied on that one alone; 0 is of what is not there",
    ),
  },
  {
    name: "an agent keeps alive what an earlier life with its boot number had attached",
    module: "agent/coordination/orphans.js",
    search: `letGo(id, session.attachment)`,
    replace: `void session`,
    catcher: test(
      "agent/coordination/orphans",
      "what an earlier life with the same boot number had attached is let go of, and what this life attaches is not",
    ),
  },
  {
    name: "the lock delay is skipped",
    module: "consensus/machine/holds.js",
    search: `UNWILLED.has(how) && !isGone ? hold.lockDelayMs : 0`,
    replace: `0`,
    catcher: test(
      "consensus/machine/holds",
      "after a loss against the holder's will its names rest for its lock delay, whoever waits",
    ),
  },
  {
    name: "a renewal that says the same again is left out",
    module: "consensus/machine/sessions.js",
    search: `for (const { host, boot, attempt } of items) {`,
    replace: `for (const { host, boot, attempt } of items) {
      const seen = (state.seenAttempts ??= new Set()), key = [host, boot, attempt].join();
      if (seen.has(key)) { outcomes.push({ host, attempt, isCurrent: true }); continue }
      seen.add(key);`,
    catcher: test(
      "consensus/machine/sessions",
      "renewals are never deduplicated: the same one prolongs again, and the answer names each attempt",
    ),
  },
  {
    name: "time lost in a stall is caught up with",
    module: "consensus/machine/stamp-clock.js",
    search: `Math.min(passedMs, STEP_MS_MAX)`,
    replace: `passedMs`,
    catcher: test(
      "consensus/machine/stamp-clock",
      "time lost in a stall, without a quorum or without hearing is dropped for good",
    ),
  },
  {
    name: "after a restore tokens go on where the backup was",
    module: "consensus/machine/restore.js",
    search: `token: tokenFloor(Math.max(meta.token, saved.token), wallMs)`,
    replace: `token: saved.token`,
    catcher: test("consensus/machine/restore", "tokens never repeat, also when one backup is restored twice"),
  },
  {
    name: "after a recovery tokens go on where the log was",
    module: "consensus/machine/life.js",
    search: `epoch: meta.epoch + 1, token: tokenFloor(meta.token, wallMs)`,
    replace: `epoch: meta.epoch + 1, token: meta.token`,
    catcher: test(
      "consensus/machine/life",
      "after a recovery no token repeats: above all that were given, and above the clock",
    ),
  },
  {
    name: "the brake is put on again and again",
    module: "consensus/machine/brake.js",
    search: `state.putHost({ ...host, isBraked: true })`,
    replace: `state.putHost({ ...host, isBraked: false, renewedAtMs: state.timeMs })`,
    catcher: test("consensus/machine/brake", "two of two are braked, and end together when the time is over"),
  },
  {
    name: "a cancelled request that arrives late is granted",
    module: "consensus/machine/once.js",
    search: `if (!isOver && state.session(request.session) !== undefined)`,
    replace: `if (!isOver && state.session(request.session) !== undefined && request.kind !== "cancel")`,
    catcher: test(
      "consensus/machine/requests",
      "a cancelled request is over, whether it waited, was granted or was never seen",
    ),
  },
  {
    name: "the end of a connection alone releases what its session holds",
    module: "agent/coordination/process-proof.js",
    search: `areGone(actorsOf(session), done)`,
    replace: `areGone([], done)`,
    catcher: test(
      "agent/coordination/session-book",
      "when all its processes are provably gone a session ends at once, while one lives it does not",
    ),
  },
  {
    name: "one process that is proven gone stands for all",
    module: "agent/coordination/process-proof.js",
    search: `actors.length > 0 && !actors.includes(undefined)`,
    replace: `actors.some((actor) => actor !== undefined)`,
    catcher: test(
      "agent/coordination/framed-link",
      "a process that cannot be found, or that was not named, leaves it to the time to live",
    ),
  },
  {
    name: "the agent's lease counts from when its renewal was answered",
    module: "agent/coordination/host-lease.js",
    search: `this.acknowledged(sentMs,`,
    replace: `this.acknowledged(this.#elapsed.now(),`,
    catcher: test(
      "agent/coordination/host-lease",
      "however late its answer, a renewal counts from when it was sent; that of another attempt or boot not at all",
    ),
  },
  {
    name: "what is left of a longest time counts from when it is told",
    module: "agent/coordination/host-lease.js",
    search: `this.#sentMs + (timeMs - this.#timeMs)`,
    replace: `this.#elapsed.now() + (timeMs - this.#timeMs)`,
    catcher: test(
      "agent/coordination/host-lease",
      "how long the replicated clock stays before a moment counts from when a renewal was sent, at the speed of the fastest leader",
    ),
  },
  {
    name: "a message leaves when any write is on disk",
    module: "agent/replica/raft-driver.js",
    search: `(held) => held.write > write`,
    replace: `() => false`,
    catcher: test("agent/replica/raft-driver", "messages wait for their own write alone, and leave in their order"),
  },
  {
    name: "a promise counts from when its answer arrived",
    module: "sdk/session-core/session-core.js",
    search: `session.lease.acknowledged(sentMs, validForMs)`,
    replace: `session.lease.acknowledged(this.#core.nowMs, validForMs)`,
    catcher: test(
      "sdk/session-core/session-core",
      "a heartbeat extends from its send time, not from the answer's arrival",
    ),
  },
  {
    name: "a number of a request is used twice",
    module: "sdk/session-core/seqs.js",
    search: `const seq = ++this.#last`,
    replace: `const seq = (this.#last = Math.max(1, this.#last))`,
    catcher: test(
      "sdk/session-core/seqs",
      "numbers grow from 1, and the window ends before an unanswered one is forgotten",
    ),
  },
  {
    name: "a cancelled hold becomes ours when its grant comes late",
    module: "sdk/session-core/holds.js",
    search: `if (record.state !== "waiting" ||`,
    replace: `if (record.state === "granted" ||`,
    catcher: test("sdk/session-core/holds", "a cancelled hold never becomes ours, however the grant and the end cross"),
  },
  {
    name: "a leader believes in itself while it hands over",
    module: "sdk/session-core/holds.js",
    search: `record.handovers += by`,
    replace: `record.handovers += 0 * by`,
    catcher: test(
      "sdk/session-core/ops",
      "from the first frame of a handover on nothing is held, unless it was certainly not done",
    ),
  },
  {
    name: "a host that leaves ends what its applications still believe in",
    module: "agent/departure.js",
    search: `if (!isBelievedByNobody)`,
    replace: `if (false)`,
    catcher: test(
      "agent/departure",
      "the sessions end after the seat has moved, and in no cluster there is nothing to end",
    ),
  },
  {
    name: "an old alive revives the dead",
    module: "swim/merge.js",
    search: `case "dead":
            if (news.kind === "alive")
                return order > 0`,
    replace: `case "dead":
            if (news.kind === "alive")
                return order >= 0`,
    catcher: test("swim/merge", "every pair of states and every order of versions has its verdict"),
  },
  {
    name: "a member refutes with the incarnation of its accusation",
    module: "swim/merge.js",
    search: `{ kind: "refute", incarnation: (news.incarnation + 1) }`,
    replace: `{ kind: "refute", incarnation: news.incarnation }`,
    catcher: test("swim/merge", "a member answers what is false about itself"),
  },
  {
    name: "the log takes a body whose checksum is wrong",
    module: "agent/wal/frame.js",
    search: ` && crc32(frame.subarray(FRAME_HEADER_BYTES)) === header.bodyCrc`,
    replace: ``,
    catcher: test("agent/wal/frame", "one bit that tips over is damage, never a crash"),
  },
  {
    name: "what was read from the log is not written anew",
    module: "agent/wal/segment.js",
    search: `fresh.file.sync();`,
    replace: `;`,
    catcher: test(
      "agent/wal/crashes",
      "a sync that fails is not forgotten by a restart: what is read back is written anew",
    ),
  },
  {
    name: "a batch is called durable without a sync",
    module: "agent/wal/segment.js",
    search: `this.#write(body);
        this.#file.sync();`,
    replace: `this.#write(body);`,
    catcher: test(
      "agent/wal/crashes",
      "whatever comes in between, what was acknowledged is there and nothing is half there",
    ),
  },
  ...STREAM_MUTANTS,
  ...DHT_MUTANTS,
  ...SEAL_MUTANTS,
  ...ACCESS_MUTANTS,
  ...FOUNDING_MUTANTS,
]

export function findMutant(name: string): Mutant {
  const found = MUTANTS.find((each) => each.name === name)
  if (found === undefined) throw new Error(`no mutant "${name}"`)
  return found
}
