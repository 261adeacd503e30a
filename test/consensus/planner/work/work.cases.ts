import fc from "fast-check"
import { test } from "tap"
import { naivePlan } from "./naive-planner.ts"
import { PoolScene, type Unit, units, type Worker } from "./pool-scene.ts"

const PLANS_MAX = 2000

/** Plans until nothing is left to do; returns how many items that were at work went elsewhere. */
function settle(scene: PoolScene): number {
  let moved = 0
  for (let plans = 0; plans < PLANS_MAX; plans++) {
    const moves = scene.plan()
    if (moves.length === 0) return moved
    moved += moves.filter(({ token }) => token !== undefined).length
    scene.make(moves)
  }
  throw new Error("planning comes to no end")
}

test("free items are shared out evenly, and stay where they are", (t) => {
  const scene = new PoolScene(["a", "b", "c"], units(10))
  t.equal(settle(scene), 0)
  t.strictSame([...scene.loads()].sort(), [3, 3, 4])
  t.strictSame(scene.plan(), [])
  t.end()
})

test("a worker that joins is given what is too much elsewhere, and no item more", (t) => {
  const scene = new PoolScene(
    ["a", "b", "c"],
    units(12).map((each, at) => ({ ...each, at: "ab"[at % 2] })),
  )
  t.equal(settle(scene), 4)
  t.strictSame(scene.loads(), [4, 4, 4])
  t.end()
})

test("within a tenth of the average nothing is moved", (t) => {
  const at = (id: string, count: number): Unit[] =>
    units(count).map(({ item }) => ({ item: id + item, weight: 1, at: id }))
  t.strictSame(new PoolScene(["a", "b"], [...at("a", 11), ...at("b", 9)]).plan(), [])
  t.equal(settle(new PoolScene(["a", "b"], [...at("a", 12), ...at("b", 8)])), 1)
  t.end()
})

test("no more than a twentieth of the items are on their way at once", (t) => {
  const scene = new PoolScene(["a", "b"], units(100, { at: "a" }))
  t.equal(scene.plan().length, 5)
  for (const each of scene.units.slice(0, 5)) Object.assign(each, { isRevoking: true, target: "b" })
  t.strictSame(scene.plan(), [])
  t.equal(new PoolScene(["a", "b"], units(4, { at: "a" })).plan().length, 1)
  t.end()
})

test("a capacity is never exceeded, with what is on its way counted", (t) => {
  const scene = new PoolScene(
    [
      { id: "a", capacity: 3 },
      { id: "b", capacity: 100 },
    ],
    units(20),
  )
  settle(scene)
  t.strictSame(scene.loads(), [3, 17])
  const full = new PoolScene([{ id: "a", capacity: 3 }, "b"], [...units(3, { at: "b", isRevoking: true, target: "a" })])
  full.units.push({ item: "x", weight: 1 })
  t.equal(full.idOf(full.plan()[0]?.to?.session), "b")
  t.strictSame(new PoolScene([{ id: "a", capacity: 3 }], [{ item: "heavy", weight: 4 }]).plan(), [])
  t.end()
})

test("a heavy item that fits nowhere keeps no lighter one from its place", (t) => {
  const scene = new PoolScene(
    [{ id: "a", capacity: 3 }],
    [
      { item: "heavy", weight: 4 },
      { item: "light", weight: 3 },
    ],
  )
  t.strictSame(
    scene.plan().map(({ item }) => item),
    ["light"],
  )
  t.end()
})

test("a pinned item goes to its worker alone, from wherever it is", (t) => {
  const scene = new PoolScene(
    ["a", "b"],
    [
      { item: "x", weight: 1, pin: "b" },
      { item: "y", weight: 1, pin: "c" },
    ],
  )
  t.strictSame(
    scene.plan().map(({ item, to }) => [item, scene.idOf(to?.session)]),
    [["x", "b"]],
  )
  const elsewhere = new PoolScene(["a", "b"], [{ item: "x", weight: 1, pin: "b", at: "a" }])
  t.match(elsewhere.plan(), [{ item: "x", token: 1, reason: "pinned elsewhere" }])
  t.equal(settle(elsewhere), 1)
  t.equal(elsewhere.unit("x").at, "b")
  t.end()
})

test("an item that is kept for a worker is given to that one, and to nobody else", (t) => {
  t.strictSame(new PoolScene(["a"], [{ item: "x", weight: 1, target: "b", isOnly: true }]).plan(), [])
  t.match(new PoolScene(["a", "b"], [{ item: "x", weight: 1, target: "b", isOnly: true }]).plan(), [
    { reason: "its own" },
  ])
  t.match(new PoolScene(["a"], [{ item: "x", weight: 1, target: "b" }]).plan(), [{ reason: "least loaded" }])
  t.end()
})

test("a worker that leaves gets nothing", (t) => {
  const scene = new PoolScene([{ id: "a", isLeaving: true }, "b"], units(4))
  settle(scene)
  t.strictSame(scene.loads(), [0, 4])
  t.end()
})

test("under the brake what is free is given out, and nothing is moved", (t) => {
  const scene = new PoolScene(["a", "b"], [...units(10, { at: "a" }), { item: "new", weight: 1 }])
  scene.isBraked = true
  t.strictSame(
    scene.plan().map(({ item }) => item),
    ["new"],
  )
  t.end()
})

test("of workers that have equally much those come first where least is, and a place is relieved where no worker minds", (t) => {
  const crew = (): Worker[] => [
    { id: "a", place: "1" },
    { id: "b", place: "1" },
    { id: "c", place: "2" },
  ]
  const scene = new PoolScene(crew(), units(2))
  scene.spread = "zone"
  settle(scene)
  t.equal(scene.loadOf("c"), 1)
  const late = new PoolScene(crew(), [
    { item: "x", weight: 1, at: "a" },
    { item: "y", weight: 1, at: "b" },
  ])
  late.spread = "zone"
  t.equal(settle(late), 1)
  t.equal(late.loadOf("c"), 1)
  late.spread = "none"
  t.strictSame(late.plan(), [])
  t.end()
})

type Drawn = ReturnType<typeof anySceneOf> extends fc.Arbitrary<infer Scene> ? Scene : never

/** Up to so many workers at so many places, and items, some of which name workers that are not there. */
function anySceneOf({
  workers,
  places,
  items,
}: {
  readonly workers: number
  readonly places: number
  readonly items: number
}): fc.Arbitrary<{
  workers: { capacity: number | undefined; place: string; isLeaving: boolean }[]
  units: {
    weight: number
    at: number | undefined
    pin: number | undefined
    target: number | undefined
    isOnly: boolean
    isRevoking: boolean
  }[]
  spread: "none" | "host" | "zone"
  isBraked: number
}> {
  const seldom = (often: number, arbitrary: fc.Arbitrary<number>): fc.Arbitrary<number | undefined> =>
    fc.oneof({ weight: often, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary })
  const anyWorker = fc.record({
    capacity: seldom(3, fc.nat(12)),
    place: fc.nat(places - 1).map(String),
    isLeaving: fc.nat(7).map((each) => each === 0),
  })
  const anyUnit = fc.record({
    weight: fc.constantFrom(1, 1, 1, 2, 5),
    at: fc.oneof(fc.constant(undefined), fc.nat(workers - 1), fc.nat(Math.ceil(workers / 8))),
    pin: seldom(6, fc.nat(workers)),
    target: seldom(5, fc.nat(workers)),
    isOnly: fc.boolean(),
    isRevoking: fc.nat(4).map((each) => each === 0),
  })
  return fc.record({
    workers: fc.array(anyWorker, { minLength: 1, maxLength: workers }),
    units: fc.array(anyUnit, { maxLength: items }),
    spread: fc.constantFrom("none", "host", "zone"),
    isBraked: fc.nat(5),
  })
}

const anyScene = anySceneOf({ workers: 6, places: 3, items: 40 })

function sceneOf({ workers, units: drawn, spread, isBraked }: Drawn): PoolScene {
  const id = (at: number | undefined): string | undefined => (at === undefined ? undefined : `w${at}`)
  const scene = new PoolScene(
    workers.map((each, at) => ({ ...each, id: `w${at}` })),
    drawn.map(({ at, target, pin, isOnly, isRevoking, weight }, number) => {
      const isAt = at !== undefined && at < workers.length
      return {
        ...{ item: `i${number}`, weight, pin: id(pin), at: isAt ? id(at) : undefined, isRevoking: isAt && isRevoking },
        ...{ target: isAt && !isRevoking ? undefined : id(target), isOnly: isOnly && target !== undefined && !isAt },
      }
    }),
  )
  for (const each of scene.workers) {
    const used = scene.loadOf(each.id)
    if (each.capacity !== undefined && each.capacity < used) each.capacity = used
  }
  scene.spread = spread as "none"
  scene.isBraked = isBraked === 0
  return scene
}

test("whatever the pool, each step has a reason, fits, and planning comes to an end", (t) => {
  fc.assert(
    fc.property(anyScene, (drawn) => {
      const scene = sceneOf(drawn)
      for (const { item, to, token } of scene.plan()) {
        const unit = scene.unit(item)
        const worker = scene.workers.find(({ id }) => id === scene.idOf(to?.session)) as Worker
        if (worker.isLeaving) throw new Error("to one that leaves")
        if (unit.pin !== undefined && unit.pin !== worker.id) throw new Error("against its pin")
        if (unit.isOnly && unit.pin === undefined && unit.target !== worker.id) throw new Error("against its keeping")
        if (token === undefined && unit.at !== undefined) throw new Error("given out and not free")
        if (token !== undefined && (unit.token !== token || unit.isRevoking || worker.id === unit.at))
          throw new Error("stale")
        if (token !== undefined && scene.isBraked) throw new Error("moved under the brake")
        scene.make([{ item, to, token, reason: "" }])
        if (scene.loadOf(worker.id) > (worker.capacity ?? Number.POSITIVE_INFINITY))
          throw new Error("over its capacity")
      }
      for (const each of scene.units) if (each.isRevoking) Object.assign(each, { isRevoking: false, at: undefined })
      settle(scene)
    }),
    { numRuns: 2000, seed: 20_261_129 },
  )
  t.end()
})

test("each step is the one that a look at all workers and places finds", (t) => {
  const isSame = (drawn: Drawn): void => {
    const scene = sceneOf(drawn)
    for (let plans = 0; plans < 8; plans++) {
      const moves = scene.plan()
      const wanted = naivePlan(scene.input())
      if (JSON.stringify(moves) !== JSON.stringify(wanted))
        throw new Error(`${JSON.stringify(moves.slice(0, 9))} instead of ${JSON.stringify(wanted.slice(0, 9))}`)
      scene.make(moves)
    }
  }
  fc.assert(fc.property(anyScene, isSame), { numRuns: 1000, seed: 20_261_129 })
  fc.assert(fc.property(anySceneOf({ workers: 40, places: 12, items: 300 }), isSame), {
    numRuns: 300,
    seed: 20_261_129,
  })
  t.end()
})

test("the order in which workers and items are told does not matter", (t) => {
  fc.assert(
    fc.property(anyScene, fc.integer(), (drawn, seed) => {
      const scene = sceneOf(drawn)
      const input = scene.input()
      const shuffled = <T>(all: readonly T[]): T[] =>
        all
          .map((each, at) => ({ each, key: Math.imul(at + 1, seed | 1) }))
          .sort((a, b) => a.key - b.key)
          .map(({ each }) => each)
      const plan = (isShuffled: boolean): string => {
        const copy = new PoolScene([], [])
        copy.input = () =>
          isShuffled
            ? {
                ...input,
                workers: shuffled(input.workers),
                free: shuffled(input.free),
                misplaced: shuffled(input.misplaced),
                stockOf: (worker) => new Map(shuffled([...input.stockOf(worker)])),
              }
            : input
        return JSON.stringify(copy.plan())
      }
      return plan(false) === plan(true)
    }),
    { numRuns: 1000, seed: 20_261_129 },
  )
  t.end()
})

/** The fewest moves after which no worker of a few with items of weight 1 is out of the band. */
function fewest(loads: readonly number[]): number {
  const total = loads.reduce((sum, load) => sum + load, 0)
  const high = Math.max(Math.floor((total * 11) / (10 * loads.length)), Math.ceil(total / loads.length))
  const low = Math.min(Math.ceil((total * 9) / (10 * loads.length)), Math.floor(total / loads.length))
  let frontier = new Set([loads.join()])
  const seen = new Set(frontier)
  for (let moves = 0; ; moves++) {
    const next = new Set<string>()
    for (const each of frontier) {
      const now = each.split(",").map(Number)
      if (now.every((load) => load >= low && load <= high)) return moves
      for (const [from, has] of now.entries()) {
        for (let to = 0; to < now.length && has > 0; to++) {
          const then = now.map((load, at) => load + (at === to ? 1 : 0) - (at === from ? 1 : 0)).join()
          if (to !== from && !seen.has(then)) next.add(then)
        }
      }
    }
    for (const each of next) seen.add(each)
    frontier = next
  }
}

test("an even share is reached with the fewest moves that reach it: against all ways there are", (t) => {
  fc.assert(
    fc.property(fc.array(fc.nat(6), { minLength: 1, maxLength: 4 }), (loads) => {
      const all = loads.flatMap((count, worker) =>
        units(count).map(({ item }) => ({ item: `${worker}-${item}`, weight: 1, at: `w${worker}` })),
      )
      const scene = new PoolScene(
        loads.map((_, worker) => `w${worker}`),
        all,
      )
      const moves = settle(scene)
      if (moves !== fewest(loads)) throw new Error(`${moves} moves for ${loads}, and ${fewest(loads)} would do`)
    }),
    { numRuns: 300, seed: 20_261_129 },
  )
  t.end()
})

test("with any weights no single move would make what is out of the band more even", (t) => {
  fc.assert(
    fc.property(
      fc.array(fc.record({ weight: fc.integer({ min: 1, max: 9 }), at: fc.nat(3) }), { maxLength: 30 }),
      (drawn) => {
        const scene = new PoolScene(
          ["w0", "w1", "w2", "w3"],
          drawn.map(({ weight, at }, number) => ({ item: `i${number}`, weight, at: `w${at}` })),
        )
        settle(scene)
        const total = scene.loads().reduce((sum, load) => sum + load, 0)
        const [most, least] = [Math.max(...scene.loads()), Math.min(...scene.loads())]
        const isOut = most * 40 > total * 11 + 40 || least * 40 < total * 9 - 40
        const fullest = scene.workers.filter(({ id }) => scene.loadOf(id) === most).map(({ id }) => id)
        const lightest = Math.min(
          ...scene.units.filter(({ at }) => fullest.includes(at ?? "")).map(({ weight }) => weight),
        )
        if (isOut && least + lightest < most) throw new Error(`${scene.loads()} could be more even`)
      },
    ),
    { numRuns: 500, seed: 20_261_129 },
  )
  t.end()
})

test("ten thousand items on a hundred workers come to rest in plans that are few", (t) => {
  const crew = Array.from({ length: 100 }, (_, at) => `w${at}`)
  const scene = new PoolScene(crew, units(10_000))
  const input = scene.input()
  let given = 0
  const used = new Map<string, number>()
  let free = input.free
  for (let plans = 0; free.length > 0 && plans < 50; plans++) {
    const workers = input.workers.map((each) => ({ ...each, used: used.get(each.id) ?? 0 }))
    const copy = new PoolScene([], [])
    copy.input = () => ({ ...input, workers, free: free.slice(0, 512), isAll: free.length <= 512 })
    const moves = copy.plan()
    given += moves.length
    for (const { to } of moves) {
      const id = scene.idOf(to?.session) as string
      used.set(id, (used.get(id) ?? 0) + 1)
    }
    free = free.slice(moves.length)
  }
  t.equal(given, 10_000)
  t.strictSame([...new Set(used.values())], [100])
  t.end()
})
