import { planVoters, voterPolicy } from "@conclave/consensus"
import { test } from "tap"
import { id } from "../stage.ts"
import { agentOf, dead, ELECTION_MS, inputOf, MINUTE_MS, NOW_MS, type Scene, silent } from "./scene.ts"

/** "grow: abc + d" or "nothing". */
function planned(scene: Scene): string {
  const plan = planVoters(inputOf(scene))
  if (plan.kind === "nothing") return "nothing"
  return `${plan.reason}: ${plan.voters.join("")}${plan.learners.length === 0 ? "" : ` + ${plan.learners.join("")}`}`
}

function alarms(scene: Scene): readonly string[] {
  return planVoters(inputOf(scene)).alarms.map(({ kind }) => kind)
}

function because(scene: Scene): readonly string[] {
  return planVoters(inputOf(scene)).because
}

test("a lone founder takes learners first: two that are to vote and a standby", async (t) => {
  t.equal(planned({ voters: "a", others: "bcdef" }), "learners: a + bcd")
  t.same(because({ voters: "a", others: "bcd" }), [
    "nb becomes a learner: a seat is open",
    "nc becomes a learner: a seat is open",
    "nd becomes a learner: a standby",
  ])
})

test("one becomes three in one change, once both have caught up and not before", async (t) => {
  const one = { voters: "a", learners: "bcd" }
  t.equal(planned({ ...one, replicas: { c: { isCaughtUp: false }, d: { isCaughtUp: false } } }), "nothing")
  t.equal(planned({ ...one, replicas: { d: { isCaughtUp: false } } }), "grow: abc + d")
  t.same(because({ ...one, replicas: { d: { isCaughtUp: false } } }), ["3 shall vote, and nb and nc have caught up"])
})

test("two agents are one voter and a standby, whatever else is wished", async (t) => {
  t.equal(planned({ voters: "a", others: "b" }), "learners: a + b")
  t.equal(planned({ voters: "a", learners: "b" }), "nothing")
  t.same(alarms({ voters: "a", learners: "b" }), ["not-fault-tolerant", "no-candidate"])
})

test("three voters with a standby are at rest", async (t) => {
  t.equal(planned({ voters: "abc", learners: "d", others: "efgh" }), "nothing")
  t.same(alarms({ voters: "abc", learners: "d", others: "efgh" }), [])
  t.equal(planned({ voters: "abc", others: "d" }), "learners: abc + d", "without one, one is made")
})

test("three become five by policy alone, in one change", async (t) => {
  const policy = { seats: 5 }
  t.equal(planned({ voters: "abc", learners: "de", policy, replicas: { e: { isCaughtUp: false } } }), "nothing")
  t.equal(planned({ voters: "abc", learners: "def", policy }), "grow: abcde + f")
  t.equal(planned({ voters: "abc", learners: "d", others: "ef", policy }), "learners: abc + def")
})

test("a dead voter is replaced after a minute of silence to both, with a warm standby", async (t) => {
  const scene = (gossipMs: number, leaderMs: number): Scene => ({
    ...{ voters: "abc", learners: "d" },
    agents: { c: dead(gossipMs) },
    replicas: { c: silent(leaderMs) },
  })
  t.equal(planned(scene(MINUTE_MS, MINUTE_MS)), "replace: abd")
  t.equal(planned(scene(MINUTE_MS - 1, MINUTE_MS)), "nothing", "gossip has to say so for as long")
  t.equal(planned(scene(MINUTE_MS, MINUTE_MS - 1)), "nothing", "and the leader has to have heard nothing")
  t.same(because(scene(2 * MINUTE_MS, 90_000)), [
    "nc goes: dead to gossip for 2 min and silent to the leader for 90.0 s",
    "nd has caught up and takes its place",
  ])
  t.same(because(scene(MINUTE_MS - 1000, MINUTE_MS)), [
    "nc keeps its seat: dead to gossip for 59.0 s and silent to the leader for 60.0 s",
  ])
  t.equal(planned({ ...scene(MINUTE_MS, MINUTE_MS), policy: { deadAfterMs: Number.POSITIVE_INFINITY } }), "nothing")
})

test("without a standby a dead voter keeps its seat, and after ten minutes there is an alarm", async (t) => {
  const scene = (ms: number): Scene => ({ voters: "abc", agents: { c: dead(ms) }, replicas: { c: silent(ms) } })
  t.equal(planned(scene(60 * MINUTE_MS)), "nothing")
  t.same(alarms(scene(9 * MINUTE_MS)), ["not-fault-tolerant"])
  t.same(alarms(scene(10 * MINUTE_MS)), ["not-fault-tolerant", "dead-voter"])
  t.equal(planned({ ...scene(10 * MINUTE_MS), others: "d" }), "learners: abc + d", "one is made as soon as it can be")
})

test("a voter that left with its seat, one whom gossip forgot, and one without a replica are replaced as the dead are", async (t) => {
  const scene = (c: NonNullable<Scene["agents"]>[string], ms: number): Scene => ({
    ...{ voters: "abc", learners: "d", agents: { c }, replicas: { c: silent(ms) } },
  })
  t.equal(planned(scene({ status: "left", statusSinceMs: 0 }, MINUTE_MS)), "replace: abd")
  t.equal(planned(scene({ replica: undefined }, MINUTE_MS)), "replace: abd")
  t.equal(planned(scene(null, 9 * MINUTE_MS)), "nothing")
  t.equal(planned(scene(null, 10 * MINUTE_MS)), "replace: abd")
})

test("the same agent with a new replica has its seat back at once, through a learner that catches up", async (t) => {
  const returns: Scene = {
    ...{ voters: "abc", replicas: { c: silent(ELECTION_MS) } },
    agents: { c: { replica: id("C"), startedMs: NOW_MS - 1000, syncP99Ms: undefined } },
    history: { settledMs: NOW_MS - 2000, changedMs: NOW_MS - 100 },
  }
  t.equal(planned(returns), "learners: abc + C", "in a young reign, right after another change, however young it is")
  t.equal(
    planned({ ...returns, replicas: { c: silent(ELECTION_MS - 1) } }),
    "nothing",
    "while the old one answers: lies",
  )
  const waits: Scene = {
    ...returns,
    learners: "C",
    agents: { C: { agent: "agent-c", startedMs: NOW_MS - 1000 }, c: null },
  }
  t.equal(planned({ ...waits, replicas: { c: silent(ELECTION_MS), C: { isCaughtUp: false } } }), "nothing")
  t.equal(planned(waits), "replace: Cab")
  t.equal(planned({ ...returns, learners: "d" }), "replace: abd", "a standby that is warm is faster")
})

test("a learner's agent that returns with a new replica changes places at once", async (t) => {
  const scene: Scene = {
    ...{ voters: "abc", learners: "d", agents: { d: { replica: id("D") } }, replicas: { d: silent(ELECTION_MS) } },
    history: { settledMs: NOW_MS - 2000 },
  }
  t.equal(planned(scene), "learners: abc + D")
})

test("a leaver is replaced at once and keeps its seat where nobody can take it", async (t) => {
  const leaves: Scene = { voters: "abc", learners: "d", agents: { c: { isDraining: true } } }
  t.equal(planned({ ...leaves, history: { settledMs: NOW_MS - 1000, changedMs: NOW_MS } }), "leave: abd")
  t.equal(planned({ ...leaves, agents: { a: { isDraining: true } } }), "leave: bcd", "the leader too")
  const alone: Scene = { ...leaves, learners: "" }
  t.equal(planned(alone), "nothing")
  t.same(alarms(alone), ["leaver-keeps-seat"])
  t.equal(planned({ voters: "abc", learners: "d", agents: { d: { isDraining: true } } }), "learners: abc")
})

test("nothing is changed in a young reign, right after a change, or while one is under way", async (t) => {
  const scene: Scene = { voters: "a", others: "bcd" }
  t.equal(planned({ ...scene, history: { settledMs: NOW_MS - 29_999 } }), "nothing")
  t.match(because({ ...scene, history: { settledMs: NOW_MS - 29_000 } })[0], /; this reign is young: in 1\.0 s$/)
  t.equal(planned({ ...scene, history: { settledMs: NOW_MS - 30_000 } }), "learners: a + bcd")
  t.match(
    because({ ...scene, history: { changedMs: NOW_MS - 9000 } })[0],
    /; the last change has to settle: in 1\.0 s$/,
  )
  t.equal(planned({ ...scene, history: { changedMs: NOW_MS - 10_000 } }), "learners: a + bcd")
  t.equal(planned({ ...scene, isReady: false }), "nothing")
  t.same(because({ ...scene, isReady: false }), ["a change, a hand-over or a new term is under way"])
})

test("on one machine three vote within a second, whatever its disk and however young", async (t) => {
  const policy = voterPolicy("local", { electionMs: ELECTION_MS })
  const young = { startedMs: NOW_MS - 300, syncP99Ms: undefined, host: "one" }
  const scene: Scene = {
    ...{ voters: "a", policy, history: { settledMs: NOW_MS - 500, changedMs: NOW_MS - 1 } },
    agents: { a: young, b: young, c: young, d: young },
  }
  t.equal(planned({ ...scene, others: "bcd" }), "learners: a + bcd")
  t.equal(planned({ ...scene, learners: "bcd" }), "grow: abc + d")
  t.equal(planned({ ...scene, learners: "bcd", history: { settledMs: NOW_MS - 499 } }), "nothing")
})

test("a replacement that puts the quorum into one zone waits for half an hour, a better one does not", async (t) => {
  const zones = { a: { zone: "x" }, b: { zone: "y" }, d: { zone: "x" } }
  const scene = (ms: number, others: Scene = { voters: "" }): Scene => ({
    ...{ learners: "d", replicas: { c: silent(ms) } },
    ...others,
    voters: "abc",
    agents: { ...zones, c: { zone: "z", ...dead(ms) }, e: { zone: "z" } },
  })
  t.equal(planned(scene(29 * MINUTE_MS)), "nothing")
  t.equal(planned(scene(30 * MINUTE_MS)), "replace: abd")
  t.equal(planned(scene(MINUTE_MS, { voters: "", learners: "de" })), "replace: abe + d")
  const sameZone = { a: { zone: "x" }, b: { zone: "x" }, c: { zone: "x", ...dead(MINUTE_MS) }, d: { zone: "x" } }
  t.equal(planned({ ...scene(MINUTE_MS), agents: sameZone }), "replace: abd", "where one zone breaks it anyway")
})

test("an even number never rests: it grows when it can, else it shrinks by one", async (t) => {
  t.equal(planned({ voters: "ab", learners: "c" }), "grow: abc")
  t.equal(planned({ voters: "ab", learners: "c", replicas: { c: { isCaughtUp: false } } }), "nothing", "it will grow")
  t.equal(planned({ voters: "ab" }), "even: a + b")
  t.equal(planned({ voters: "ab", agents: { a: { isDraining: true } } }), "even: b", "a leader that goes is not kept")
  t.equal(planned({ voters: "abcd" }), "even: acd + b")
  t.equal(planned({ voters: "abcd", agents: { d: dead(MINUTE_MS) }, replicas: { d: silent(MINUTE_MS) } }), "even: abc")
  t.equal(planned({ voters: "abcd", agents: { d: dead(1000) }, replicas: { d: silent(9000) } }), "nothing", "not yet")
  t.ok(alarms({ voters: "abcd" }).includes("even-voters"))
  t.equal(planned({ voters: "ab", agents: { b: dead(MINUTE_MS) }, replicas: { b: silent(MINUTE_MS) } }), "nothing")
})

test("five with two dead and no standby become three; with one dead they stay five", async (t) => {
  const scene = (deads: string, ms: number, learners = ""): Scene => ({
    ...{ voters: "abcde", learners, policy: { seats: 5 } },
    agents: Object.fromEntries([...deads].map((each) => [each, dead(ms)])),
    replicas: Object.fromEntries([...deads].map((each) => [each, silent(ms)])),
  })
  t.equal(planned(scene("de", 10 * MINUTE_MS)), "shrink: abc")
  t.equal(planned(scene("de", 9 * MINUTE_MS)), "nothing")
  t.equal(planned(scene("e", 99 * MINUTE_MS)), "nothing")
  t.equal(planned(scene("de", 10 * MINUTE_MS, "f")), "replace: abcef", "one that is ready comes first")
})

test("a healthy voter moves for a better spread alone, once an hour, and never the leader", async (t) => {
  const sameHost = { a: { host: "1" }, b: { host: "1" }, c: { host: "2" }, d: { host: "3" } }
  const scene: Scene = { voters: "abc", learners: "d", agents: sameHost }
  t.equal(planned(scene), "spread: acd + b")
  t.equal(planned({ ...scene, history: { spreadMs: NOW_MS - 59 * MINUTE_MS } }), "nothing")
  t.equal(planned({ ...scene, history: { settledMs: NOW_MS - 59 * MINUTE_MS } }), "nothing", "nor by a new leader")
  t.equal(planned({ ...scene, agents: { ...sameHost, d: { host: "2" } } }), "nothing", "nothing is gained")
  t.equal(planned({ ...scene, agents: { ...sameHost, d: { host: "3", startedMs: 0 } } }), "spread: acd + b")
  t.equal(planned({ ...scene, replicas: { c: { heardMs: NOW_MS - ELECTION_MS } } }), "nothing", "all must be well")
  const zones = { a: { zone: "x" }, b: { zone: "x" }, c: { zone: "y" }, d: { zone: "z" } }
  t.equal(planned({ ...scene, agents: zones }), "spread: acd + b")
})

test("new voters are spread over hosts, then zones, then ranked by wish, stability and disk", async (t) => {
  const pick = (agents: NonNullable<Scene["agents"]>) =>
    planned({ voters: "a", others: "bcdef", policy: { standbys: 0 }, agents })
  t.equal(pick({ a: { host: "1" }, b: { host: "1" }, c: { host: "2" }, d: { host: "2" } }), "learners: a + ce")
  t.equal(
    pick({
      a: { zone: "x" },
      b: { zone: "x" },
      c: { zone: "x" },
      d: { zone: "y" },
      e: { zone: "z" },
      f: { zone: "z" },
    }),
    "learners: a + de",
  )
  t.equal(pick({ e: { startedMs: NOW_MS - 11 * MINUTE_MS }, f: { startedMs: 0 } }), "learners: a + ef")
  t.equal(pick({ b: { syncP99Ms: 30 }, c: { syncP99Ms: 10 }, d: { syncP99Ms: 5 } }), "learners: a + de")
})

test("who may not vote is left out, and an alarm says why", async (t) => {
  for (const [why, changes] of [
    ["it is of another cluster, other", { cluster: "other" }],
    ["it is suspect", { status: "suspect" }],
    ["it is dead", { status: "dead" }],
    ["it offers no replica", { replica: undefined }],
    ["it is not to vote", { wish: "never" }],
    ["it is leaving", { isDraining: true }],
    ["its data do not survive a restart", { isEphemeral: true }],
    ["it says that it is degraded", { isDegraded: true }],
    ["it runs for 59.0 s only", { startedMs: NOW_MS - 59_000 }],
    ["its disk was not tried yet", { syncP99Ms: undefined }],
    ["its disk takes 51 ms for a sync", { syncP99Ms: 51 }],
    ["it is 121 ms away", { rttMs: 121 }],
    ["it knows feature levels 2 to 3, and 1 is in force", { featureMin: 2, featureMax: 3 }],
  ] as const) {
    const scene: Scene = { voters: "a", others: "b", agents: { b: changes } }
    t.equal(planned(scene), "nothing", why)
    const alarm = planVoters(inputOf(scene)).alarms.find(({ kind }) => kind === "no-candidate")
    t.equal(alarm?.text, `3 shall vote, and there are agents for 1; nb may not vote: ${why}`)
  }
  t.equal(planned({ voters: "a", others: "b", agents: { b: { rttMs: undefined } } }), "learners: a + b")
})

test("if anybody says yes, only those vote, and the founder makes room for them", async (t) => {
  const yes = { wish: "yes" } as const
  const agents = { d: yes, e: yes, f: yes }
  t.equal(planned({ voters: "a", others: "bcdef", agents }), "learners: a + def")
  t.equal(planned({ voters: "a", learners: "def", agents }), "grow: def")
  t.equal(planned({ voters: "a", learners: "d", agents: { d: yes } }), "replace: d", "one yes is one voter")
  t.equal(
    planned({ voters: "abc", agents: { a: yes, b: yes, c: yes, d: { ...yes, status: "dead" } }, others: "de" }),
    "nothing",
  )
  t.equal(planned({ voters: "a", others: "bcd", agents: { d: { ...yes, status: "left" } } }), "learners: a + bc")
})

test("a learner that is gone, or does not become ready, makes room for another", async (t) => {
  const gone: Scene = {
    voters: "abc",
    learners: "d",
    others: "e",
    agents: { d: dead(MINUTE_MS) },
    replicas: { d: silent(MINUTE_MS) },
  }
  t.equal(planned(gone), "learners: abc + e")
  const late: Scene = { voters: "abc", learners: "d", others: "e", replicas: { d: { isCaughtUp: false } } }
  const since = (ms: number) => ({ learnersSinceMs: new Map([[id("d"), NOW_MS - ms]]) })
  t.equal(planned({ ...late, history: since(9 * MINUTE_MS) }), "nothing")
  t.equal(planned({ ...late, history: since(10 * MINUTE_MS) }), "learners: abc + e")
  t.equal(planned({ ...late, others: "", history: since(10 * MINUTE_MS) }), "nothing", "where there is another")
  t.ok(alarms({ ...late, others: "", history: since(10 * MINUTE_MS) }).includes("learner-stuck"))
  const slow: Scene = { voters: "abc", learners: "d", others: "e", agents: { d: { syncP99Ms: 80 } } }
  t.equal(planned({ ...slow, history: since(10 * MINUTE_MS) }), "learners: abc + e", "nor is a sick disk a standby")
})

test("two standbys are borne, a third goes", async (t) => {
  t.equal(planned({ voters: "abc", learners: "de" }), "nothing")
  t.equal(planned({ voters: "abc", learners: "def", replicas: { d: { isCaughtUp: false } } }), "learners: abc + ef")
})

test("without a quorum nothing is planned, and no change leaves less to lose", async (t) => {
  const scene: Scene = { voters: "abc", learners: "d", replicas: { b: silent(5000), c: silent(5000) } }
  t.equal(planned({ ...scene, agents: { b: dead(MINUTE_MS), c: dead(MINUTE_MS) } }), "nothing")
  const leaver: Scene = {
    voters: "abc",
    learners: "d",
    agents: { c: { isDraining: true } },
    replicas: { b: silent(5000) },
  }
  t.equal(planned(leaver), "leave: abd")
})

test("a leader that is no voter plans nothing", async (t) => {
  t.equal(planned({ voters: "abc", others: "d", self: "d" }), "nothing")
  t.equal(agentOf("a").agent, "agent-a")
})

test("what a plan costs grows with the fleet, and not with its square", async (t) => {
  const wishesRead = (count: number): number => {
    let reads = 0
    const read = (): string => {
      reads++
      return "auto"
    }
    const asked = Array.from({ length: count }, (_, index) =>
      Object.defineProperty(agentOf(`x${index}`), "wish", { get: read }),
    )
    const input = inputOf({ voters: "abc", learners: "d" })
    planVoters({ ...input, agents: [...input.agents, ...asked] })
    return reads
  }
  const few = wishesRead(100)
  t.ok(few >= 100)
  t.ok(wishesRead(1000) < 100 * few, "a leader of ten thousand would stand still for seconds")
})
