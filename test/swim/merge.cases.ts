import { deepStrictEqual, equal, notEqual } from "node:assert/strict"
import { GENERATION_MAX, generation, INCARNATION_MAX, incarnation } from "@conclave/base"
import type { MemberState } from "@conclave/swim"
import { INCARNATION_ACCUSED_MAX, judge, judgeSelf, type News, type Standing, type Verdict } from "@conclave/swim/merge"
import fc from "fast-check"
import { test } from "tap"

const STATES: readonly MemberState[] = ["alive", "suspect", "dead", "left"]

/** Verdicts for news of the same generation whose incarnation is lower, equal, higher. */
const TABLE: Readonly<Record<MemberState, Readonly<Record<MemberState, readonly [Verdict, Verdict, Verdict]>>>> = {
  alive: {
    alive: ["stale", "stale", "adopt"],
    suspect: ["stale", "adopt", "adopt"],
    dead: ["stale", "adopt", "adopt"],
    left: ["stale", "adopt", "adopt"],
  },
  suspect: {
    alive: ["stale", "stale", "adopt"],
    suspect: ["stale", "confirm", "adopt"],
    dead: ["stale", "adopt", "adopt"],
    left: ["stale", "adopt", "adopt"],
  },
  dead: {
    alive: ["stale", "stale", "adopt"],
    suspect: ["stale", "stale", "raise"],
    dead: ["stale", "stale", "raise"],
    left: ["stale", "adopt", "adopt"],
  },
  left: {
    alive: ["stale", "stale", "raise"],
    suspect: ["stale", "stale", "raise"],
    dead: ["stale", "stale", "raise"],
    left: ["stale", "stale", "raise"],
  },
}

function at(kind: MemberState, boot: number, counter: number): News {
  return { kind, generation: generation(boot), incarnation: incarnation(counter) }
}

function holding(state: MemberState, boot: number, counter: number): Standing {
  return { state, generation: generation(boot), incarnation: incarnation(counter) }
}

/** What an observer holds after it heard `news`. */
function after(held: Standing, news: News): Standing {
  const { generation: boot, incarnation: counter } = news
  switch (judge(held, news)) {
    case "adopt":
      return { state: news.kind, generation: boot, incarnation: counter }
    case "raise":
      return { state: held.state, generation: boot, incarnation: counter }
    case "confirm":
    case "stale":
      return held
  }
}

function told({ state, generation: boot, incarnation: counter }: Standing): News {
  return { kind: state, generation: boot, incarnation: counter }
}

const anyNews = fc
  .tuple(fc.constantFrom(...STATES), fc.integer({ min: 1, max: 3 }), fc.nat(4))
  .map(([kind, boot, counter]) => at(kind, boot, counter))

test("every pair of states and every order of versions has its verdict", async (t) => {
  let checked = 0
  for (const state of STATES) {
    for (const kind of STATES) {
      for (const counter of [4, 5, 6]) {
        const held = holding(state, 7, 5)
        const label = `${kind} at ${counter} to ${state} at 5`
        t.equal(judge(held, at(kind, 7, counter)), TABLE[state][kind][counter - 4], label)
        t.equal(judge(held, at(kind, 6, counter)), "stale", `${label}, an earlier boot`)
        t.equal(judge(held, at(kind, 8, counter)), "adopt", `${label}, a later boot`)
        checked += 3
      }
    }
  }
  t.equal(checked, 4 * 4 * 3 * 3)
})

test("an accusation at the end of the incarnations is nothing, an alive there is", async (t) => {
  for (const state of STATES) {
    for (const kind of ["suspect", "dead", "left"] as const) {
      t.equal(judge(holding(state, 1, 0), at(kind, 1, INCARNATION_MAX)), "stale", `${kind} to ${state}`)
      t.equal(judge(holding(state, 1, 0), at(kind, 2, INCARNATION_MAX)), "stale", `${kind} to ${state}, later boot`)
    }
  }
  t.equal(INCARNATION_ACCUSED_MAX, 2 ** 32 - 1 - 2 ** 16)
  t.equal(judge(holding("alive", 1, 0), at("suspect", 1, INCARNATION_ACCUSED_MAX)), "adopt")
  t.equal(judge(holding("alive", 1, 0), at("suspect", 1, INCARNATION_ACCUSED_MAX + 1)), "stale")
  t.equal(judge(holding("alive", 1, 0), at("alive", 1, INCARNATION_MAX)), "adopt")
})

test("versions never fall, whatever is heard", async (t) => {
  fc.assert(
    fc.property(anyNews, fc.array(anyNews, { maxLength: 12 }), (start, heard) => {
      let held: Standing = { ...start, state: start.kind }
      for (const news of heard) {
        const next = after(held, news)
        const grew =
          next.generation > held.generation ||
          (next.generation === held.generation && next.incarnation >= held.incarnation)
        equal(grew, true)
        held = next
      }
    }),
  )
  t.pass("after any news")
})

test("hearing the same again changes nothing", async (t) => {
  fc.assert(
    fc.property(anyNews, anyNews, (start, news) => {
      const once = after({ ...start, state: start.kind }, news)
      deepStrictEqual(after(once, news), once)
      notEqual(judge(once, news), "adopt")
      notEqual(judge(once, news), "raise")
    }),
    { numRuns: 1000 },
  )
  t.pass("for all news")
})

test("no later alive of the same or an earlier incarnation revives the dead", async (t) => {
  fc.assert(
    fc.property(fc.nat(5), fc.array(anyNews, { maxLength: 10 }), (counter, heard) => {
      let held = holding("dead", 3, counter)
      for (const news of heard) {
        if (news.generation === 3 && news.kind === "alive" && news.incarnation > held.incarnation) continue
        held = after(held, news)
      }
      notEqual(held.state, "alive")
      notEqual(held.state, "suspect")
    }),
  )
  t.pass("in any order")
})

/**
 * A later incarnation raises the version of a dead or left member without a change of its state, so two observers that
 * heard the same in another order can differ for a while. What they hold settles it when they compare.
 */
test("observers that heard the same in any order agree after they compare what they hold", async (t) => {
  let differed = 0
  const shuffled = fc
    .array(anyNews, { minLength: 1, maxLength: 8 })
    .chain((news) => fc.array(fc.shuffledSubarray(news), { minLength: 2, maxLength: 5 }))
  fc.assert(
    fc.property(shuffled, (orders) => {
      const start = holding("alive", 1, 0)
      let held = orders.map((heard) => heard.reduce(after, start))
      if (new Set(held.map((standing) => JSON.stringify(standing))).size > 1) differed++
      for (let round = 0; round < 4; round++) held = held.map((one) => held.map(told).reduce(after, one))
      for (const one of held) deepStrictEqual(one, held[0])
    }),
    { numRuns: 2000 },
  )
  t.ok(differed > 100, `${differed} differed before`)
})

test("news without a dead or left member commutes", async (t) => {
  const living = anyNews.filter(({ kind }) => kind === "alive" || kind === "suspect")
  fc.assert(
    fc.property(fc.uniqueArray(living, { maxLength: 6, selector: (news) => JSON.stringify(news) }), (heard) => {
      const start = holding("alive", 1, 0)
      deepStrictEqual(heard.reduce(after, start), [...heard].reverse().reduce(after, start))
    }),
    { numRuns: 1000 },
  )
  t.pass("in both orders")
})

test("a member answers what is false about itself", async (t) => {
  const self = holding("alive", 7, 5)
  const answer = (news: News, sameRecord = false) => judgeSelf(self, news, sameRecord, GENERATION_MAX)
  for (const kind of ["suspect", "dead"] as const) {
    t.same(answer(at(kind, 7, 4)), { kind: "ignore" }, `${kind} of an earlier incarnation`)
    t.same(answer(at(kind, 7, 5)), { kind: "refute", incarnation: 6 })
    t.same(answer(at(kind, 7, 90)), { kind: "refute", incarnation: 91 })
    t.same(answer(at(kind, 6, 90)), { kind: "ignore" }, `${kind} of an earlier boot`)
    t.same(answer(at(kind, 8, 0)), { kind: "jump", generation: 9, incarnation: 0 })
  }
})

test("a member tells its own record from a stranger's under its name", async (t) => {
  const self = holding("alive", 7, 5)
  t.same(judgeSelf(self, at("alive", 7, 5), true, GENERATION_MAX), { kind: "ignore" })
  t.same(judgeSelf(self, at("alive", 7, 5), false, GENERATION_MAX), {
    kind: "refute",
    incarnation: 6,
  })
  t.same(judgeSelf(self, at("alive", 7, 4), false, GENERATION_MAX), { kind: "ignore" })
  t.same(judgeSelf(self, at("alive", 9, 0), false, GENERATION_MAX), {
    kind: "jump",
    generation: 10,
    incarnation: 0,
  })
})

test("a member that was said to have left comes back with a new generation", async (t) => {
  const self = holding("alive", 7, 5)
  for (const counter of [0, 5, 9]) {
    const news = at("left", 7, counter)
    t.same(judgeSelf(self, news, false, GENERATION_MAX), { kind: "jump", generation: 8, incarnation: 0 })
  }
  t.same(judgeSelf(self, at("left", 6, 9), false, GENERATION_MAX), { kind: "ignore" })
})

test("one forged accusation does not use up the incarnations", async (t) => {
  const self = holding("alive", 7, 5)
  const answer = (news: News) => judgeSelf(self, news, false, GENERATION_MAX)
  t.same(answer(at("suspect", 7, 5 + 2 ** 16)), { kind: "refute", incarnation: 6 + 2 ** 16 })
  t.same(answer(at("suspect", 7, 6 + 2 ** 16)), { kind: "jump", generation: 8, incarnation: 0 })
  t.same(answer(at("suspect", 7, INCARNATION_MAX)), { kind: "ignore" })
  t.same(answer(at("alive", 7, INCARNATION_MAX)), { kind: "jump", generation: 8, incarnation: 0 })
})

test("at the last generation a member refutes as far as it can", async (t) => {
  const self = holding("alive", GENERATION_MAX, 5)
  const answer = (news: News) => judgeSelf(self, news, false, GENERATION_MAX)
  t.same(answer(at("suspect", GENERATION_MAX, 5)), { kind: "refute", incarnation: 6 })
  t.same(answer(at("left", GENERATION_MAX, 9)), { kind: "refute", incarnation: 10 })
  t.same(answer(at("alive", GENERATION_MAX, INCARNATION_MAX)), {
    kind: "refute",
    incarnation: INCARNATION_MAX,
  })
})

test("a member that is accused in the last generation jumps there, and its version never falls", async (t) => {
  const answer = (boot: number, counter: number, news: News) =>
    judgeSelf(holding("alive", boot, counter), news, false, GENERATION_MAX)
  t.same(answer(7, 900, at("dead", GENERATION_MAX, 5)), { kind: "jump", generation: GENERATION_MAX, incarnation: 6 })
  t.same(answer(GENERATION_MAX, 900, at("left", GENERATION_MAX, 5)), { kind: "refute", incarnation: 900 })
})

test("what a member answers outranks what it answers", async (t) => {
  fc.assert(
    fc.property(anyNews, anyNews, (own, news) => {
      const self = holding("alive", own.generation, own.incarnation)
      const verdict = judgeSelf(self, news, false, GENERATION_MAX)
      if (verdict.kind === "ignore") return
      const generation = verdict.kind === "jump" ? verdict.generation : self.generation
      const answer = at("alive", generation, verdict.incarnation)
      equal(judge({ ...news, state: news.kind }, answer), "adopt")
    }),
    { numRuns: 1000 },
  )
  t.pass("for all news")
})
