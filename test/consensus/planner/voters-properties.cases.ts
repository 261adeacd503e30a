import { deepStrictEqual } from "node:assert/strict"
import {
  type AgentView,
  majority,
  planVoters,
  type ReplicaId,
  type ReplicaView,
  type VoterInput,
} from "@conclave/consensus"
import fc from "fast-check"
import { test } from "tap"
import { at, groupOf, id } from "../stage.ts"
import { agentOf, ELECTION_MS, MINUTE_MS, NOW_MS, POLICY } from "./scene.ts"

/** Any group and any view of it, right or wrong: small numbers of everything, so that every mixture comes up. */

const LETTERS = [..."abcdefgh"]
const RUNS = { numRuns: 1000 }
const anyMs = fc.constantFrom(0, 1000, ELECTION_MS, MINUTE_MS, 9 * MINUTE_MS, 11 * MINUTE_MS, 40 * MINUTE_MS)
const mostly = <T>(usual: T, ...others: T[]): fc.Arbitrary<T> =>
  fc.oneof({ weight: 4, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: fc.constantFrom(...others) })

const anyAgent = (letter: string): fc.Arbitrary<AgentView | undefined> =>
  fc
    .record({
      isKnown: mostly(true, false),
      status: mostly<AgentView["status"]>("alive", "suspect", "dead", "left"),
      sinceMs: anyMs,
      ageMs: mostly(60 * MINUTE_MS, 0, MINUTE_MS),
      wish: mostly<AgentView["wish"]>("auto", "yes", "never"),
      zone: fc.constantFrom("", "x", "y"),
      host: fc.constantFrom(letter, "one"),
      isDraining: mostly(false, true),
      isEphemeral: mostly(false, true),
      isDegraded: mostly(false, true),
      replica: mostly<ReplicaId | undefined>(id(letter), id(letter.toUpperCase()), undefined),
      cluster: mostly<string | undefined>("c", "other", undefined),
      syncP99Ms: mostly<number | undefined>(1, 80, undefined),
    })
    .map(({ isKnown, sinceMs, ageMs, ...fields }) => {
      const view = agentOf(letter, { ...fields, statusSinceMs: NOW_MS - sinceMs, startedMs: NOW_MS - ageMs })
      return isKnown ? view : undefined
    })

const anyReplica: fc.Arbitrary<ReplicaView> = fc
  .record({
    heardAgoMs: mostly(0, ELECTION_MS, MINUTE_MS, 11 * MINUTE_MS, 40 * MINUTE_MS),
    isCaughtUp: mostly(true, false),
  })
  .map(({ heardAgoMs, isCaughtUp }) => ({
    heardMs: NOW_MS - heardAgoMs,
    isCaughtUp,
    match: at(9),
  }))

const anyInput: fc.Arbitrary<VoterInput> = fc
  .record({
    agents: fc.tuple(...LETTERS.map(anyAgent)),
    views: fc.tuple(...LETTERS.map(() => anyReplica)),
    voterCount: mostly(3, 1, 2, 4, 5),
    learnerCount: fc.nat(3),
    seats: mostly(3, 1, 5),
    standbys: fc.constantFrom(1, 2),
    settledAgoMs: mostly(60 * MINUTE_MS, 1000, 5 * MINUTE_MS),
    changedAgoMs: mostly<number | undefined>(undefined, 1000, MINUTE_MS),
    learnersForMs: anyMs,
  })
  .map((made) => {
    const voters = LETTERS.slice(0, made.voterCount)
    const learners = LETTERS.slice(made.voterCount, made.voterCount + made.learnerCount)
    const members = [...voters, ...learners].map(id)
    return {
      ...{ nowMs: NOW_MS, cluster: "c", self: id("a"), isReady: true, electionMs: ELECTION_MS, featureLevel: 1 },
      group: groupOf(voters.join(""), { learners: learners.join("") }),
      replicas: new Map(members.slice(1).map((each, place) => [each, made.views[place] as ReplicaView])),
      agents: made.agents.filter((each) => each !== undefined),
      removed: new Set(),
      policy: { ...POLICY, seats: made.seats, standbys: made.standbys },
      history: {
        settledMs: NOW_MS - made.settledAgoMs,
        changedMs: made.changedAgoMs === undefined ? undefined : NOW_MS - made.changedAgoMs,
        spreadMs: undefined,
        learnersSinceMs: new Map(learners.map((each) => [id(each), NOW_MS - made.learnersForMs])),
        owners: new Map(members.map((each) => [each, `agent-${each}`])),
      },
    }
  })

type Change = Extract<ReturnType<typeof planVoters>, { kind: "change" }>

/** Runs `check` on every change that is planned, and sees that there are many. */
function onChanges(check: (input: VoterInput, change: Change) => void): number {
  let changes = 0
  fc.assert(
    fc.property(anyInput, (input) => {
      const plan = planVoters(input)
      if (plan.kind !== "change") return
      changes++
      check(input, plan)
    }),
    RUNS,
  )
  return changes
}

function isHeard({ self, replicas, nowMs }: VoterInput, each: ReplicaId): boolean {
  return each === self || nowMs - (replicas.get(each)?.heardMs ?? 0) < ELECTION_MS
}

function marginOf(input: VoterInput, voters: readonly ReplicaId[]): number {
  return voters.filter((each) => isHeard(input, each)).length - majority(voters.length)
}

test("no change without a reason, and none that changes nothing", async (t) => {
  const changes = onChanges(({ group }, { because, voters, learners }) => {
    if (because.length === 0 || because.some((each) => each === "")) throw new Error("no reason")
    if (`${voters} ${learners}` === `${group.voters} ${group.learners}`) throw new Error("no change")
  })
  t.ok(changes > 200, `${changes} changes`)
})

test("no change leads to an even number of voters", async (t) => {
  t.ok(
    onChanges(({ group }, { voters }) => {
      if (voters.length % 2 === 0 && voters.length !== group.voters.length) throw new Error(`${voters}`)
    }) > 200,
  )
})

test("no change puts the quorum at risk: both are heard, and as many as before may fall silent", async (t) => {
  t.ok(
    onChanges((input, { voters }) => {
      const before = marginOf(input, input.group.voters)
      if (before < 0 || marginOf(input, voters) < before) throw new Error(`${input.group.voters} to ${voters}`)
    }) > 200,
  )
})

test("nobody becomes a voter who was no learner that has caught up and whom its agent does not own to now", async (t) => {
  let newcomers = 0
  onChanges((input, { voters }) => {
    for (const each of voters.filter((one) => !input.group.voters.includes(one))) {
      newcomers++
      const isReady = input.group.learners.includes(each) && input.replicas.get(each)?.isCaughtUp === true
      const agent = input.agents.find(({ replica }) => replica === each)
      if (!isReady || agent?.status !== "alive") throw new Error(`${each} is not ready`)
    }
  })
  t.ok(newcomers > 20, `${newcomers} newcomers`)
})

test("a voter that is heard and whose owner wants it loses its seat for the spread or the count alone", async (t) => {
  let losses = 0
  onChanges((input, { voters, reason, learners }) => {
    for (const each of input.group.voters.filter((one) => !voters.includes(one))) {
      losses++
      const agent = input.agents.find(({ replica, cluster }) => replica === each && cluster !== "other")
      const hasYes = input.agents.some(
        ({ wish, status, cluster }) => wish === "yes" && status !== "left" && cluster === "c",
      )
      const isWanted = agent !== undefined && !agent.isDraining && !agent.isEphemeral && agent.wish !== "never"
      const isFit = isWanted && (agent.wish === "yes" || !hasYes)
      const isOwn = reason === "spread" || reason === "even"
      if (isHeard(input, each) && isFit && !isOwn) throw new Error(`${each} by ${reason}`)
      if (isHeard(input, each) && isFit && !learners.includes(each)) throw new Error(`${each} is forgotten`)
    }
  })
  t.ok(losses > 20, `${losses} losses`)
})

test("the order in which things are told does not matter", async (t) => {
  fc.assert(
    fc.property(anyInput, fc.nat(1000), (input, seed) => {
      const mixed = <T>(items: Iterable<T>): T[] => {
        const list = [...items]
        return [...list.slice(seed % (list.length + 1)), ...list.slice(0, seed % (list.length + 1))].reverse()
      }
      const other: VoterInput = {
        ...input,
        agents: mixed(input.agents),
        replicas: new Map(mixed(input.replicas)),
        group: { ...input.group, voters: mixed(input.group.voters), learners: mixed(input.group.learners) },
      }
      deepStrictEqual(planVoters(other), planVoters(input))
    }),
    RUNS,
  )
  t.pass("for all")
})

test("change after change comes to rest, where the world stands still", async (t) => {
  let longest = 0
  fc.assert(
    fc.property(anyInput, (start) => {
      let input = start
      const reasons: string[] = []
      for (let steps = 0; steps <= 12; steps++) {
        longest = Math.max(longest, steps)
        const plan = planVoters(input)
        if (plan.kind === "nothing") return
        reasons.push(`${plan.reason} ${plan.voters.join("")}+${plan.learners.join("")} ${plan.because.join(";")}`)
        input = after(input, plan)
      }
      throw new Error(`no rest: ${reasons.join(" | ")}`)
    }),
    RUNS,
  )
  t.ok(longest > 2, `${longest} changes at most`)
})

/** The change is made; whoever is new catches up if its agent lives. A minute passes for nobody. */
function after(input: VoterInput, { voters, learners, reason }: Change): VoterInput {
  const replicas = new Map(input.replicas)
  const learnersSinceMs = new Map(input.history.learnersSinceMs)
  const members = new Set([...voters, ...learners])
  // Who goes and comes again begins anew.
  for (const each of input.group.learners) if (!members.has(each)) replicas.delete(each)
  for (const each of [...learnersSinceMs.keys()]) if (!learners.includes(each)) learnersSinceMs.delete(each)
  for (const each of learners) {
    if (!replicas.has(each)) replicas.set(each, { heardMs: input.nowMs, isCaughtUp: true, match: at(9) })
    if (!learnersSinceMs.has(each)) learnersSinceMs.set(each, input.nowMs)
  }
  const owners = new Map(input.history.owners)
  for (const { replica, agent } of input.agents)
    if (replica !== undefined && !owners.has(replica)) owners.set(replica, agent)
  const spreadMs = reason === "spread" ? input.nowMs : input.history.spreadMs
  const history = { ...input.history, changedMs: undefined, spreadMs, learnersSinceMs, owners }
  return { ...input, replicas, history, group: { ...input.group, voters, learners } }
}
