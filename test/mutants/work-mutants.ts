import { type Mutant, test } from "./mutant.ts"

/** Of `MUTANTS` those in what shares work out. */
export const WORK_MUTANTS: readonly Mutant[] = [
  {
    name: "an item is given to a second worker while the first has it",
    module: "consensus/machine/work/assign.js",
    search: `if (item.state !== "free")
        return false;`,
    replace: ``,
    catcher: test(
      "consensus/machine/work/assign",
      "what a worker has is given to no other, and one that leaves is given nothing",
    ),
  },
  {
    name: "a word under an old token is taken",
    module: "consensus/machine/work/settle.js",
    search: `owner?.token !== token`,
    replace: `owner === undefined`,
    catcher: test(
      "consensus/machine/work/settle",
      "each assignment has a token of its own, and what was settled under an old one settles nothing",
    ),
  },
  {
    name: "a worker that leaves is given items",
    module: "consensus/machine/work/assign.js",
    search: `isLeaving(hold) || `,
    replace: ``,
    catcher: test(
      "consensus/machine/work/assign",
      "what a worker has is given to no other, and one that leaves is given nothing",
    ),
  },
  {
    name: "a try that its worker did not survive is not counted",
    module: "consensus/machine/work/departures.js",
    search: `isBlamed ? [item.attempt + 1, item.losses + 1] : [item.attempt, item.losses]`,
    replace: `[item.attempt, item.losses]`,
    catcher: test("consensus/machine/work/departures", "a task that its workers do not survive is given up in the end"),
  },
  {
    name: "the brake of a pool holds on when its workers are back",
    module: "consensus/machine/work/brake.js",
    search: `missing(after) * 100 > after.brake.of * RELEASE_PERCENT`,
    replace: `true`,
    catcher: test(
      "consensus/machine/work/brake",
      "where three workers and more than 30 % are lost within a minute what they had waits for them",
    ),
  },
  {
    name: "nobody is waited for in the grace of a restart",
    module: "consensus/machine/work/departures.js",
    search: `item.target === undefined ? Math.min(config.restartGraceMs, ttlMs) : 0`,
    replace: `item.target === undefined ? 0 : 0`,
    catcher: test(
      "consensus/machine/work/departures",
      "items of a worker that ends go on at once; of one that was lost, of an id of its own, they wait for it",
    ),
  },
  {
    name: "an item is taken before the session of its worker could have run out",
    module: "consensus/machine/work/steps.js",
    search: `Math.max(state.timeMs + handoffTimeoutMs, believedUntilMs(state, worker))`,
    replace: `state.timeMs + handoffTimeoutMs`,
    catcher: test(
      "consensus/machine/work/settle",
      "no item is taken from a worker before its session could have run out: cut off, it hears of nothing until then",
    ),
  },
  {
    name: "what was removed and is put again is given out while its worker may believe in it",
    module: "consensus/machine/work/steps.js",
    search: `keptUntilMs: state.work.tombstone(pool, item)?.untilMs`,
    replace: `keptUntilMs: undefined`,
    catcher: test(
      "consensus/machine/work/tasks",
      "what is removed and put again is nobody's while who had it may believe, whatever is done to it",
    ),
  },
  {
    name: "a leader whose steps are refused plans them again at once",
    module: "agent/replica/work-planner.js",
    search: `if (!isApplied)`,
    replace: `if (false)`,
    catcher: test("agent/replica/work-planner", "what is refused is tried again after a while, not each turn"),
  },
  {
    name: "the planner goes on with what a worker had before more came to it",
    module: "consensus/machine/work/roster.js",
    search: `if (target !== undefined)
            this.#stale.add(target);`,
    replace: ``,
    catcher: test(
      "consensus/machine/work/model",
      "whatever becomes of workers and items, the machine does what lists searched from end to end would do",
    ),
  },
  {
    name: "the one that is to get more first is not found again when it has got some",
    module: "consensus/planner/work/takers.js",
    search: `this.#places.update(`,
    replace: `void (`,
    catcher: test("consensus/planner/work/work", "each step is the one that a look at all workers and places finds"),
  },
  {
    name: "a revoke of one item takes its neighbour",
    module: "consensus/machine/work/revoke-item.js",
    search: `free(state, item, { reason: "revoked", target });`,
    replace: `for (const each of [...state.work.book(pool).items.values()])
            if (each.owner?.session === owner.session)
                free(state, each, { reason: "revoked", target });`,
    catcher: test(
      "consensus/machine/work/revoke-item",
      "without grace it is taken at once; a token of nobody, or of another pool, takes nothing",
    ),
  },
  {
    name: "partitions that are too many stay",
    module: "consensus/machine/work/pools.js",
    search: `let number = config.partitions; number < old`,
    replace: `let number = old; number < old`,
    catcher: test(
      "consensus/machine/work/pools",
      "partitions are named by their numbers; those too many end, those that lack come to be",
    ),
  },
]
