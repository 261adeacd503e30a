import { type Mutant, test } from "./mutant.ts"

/** Of `MUTANTS` those in what tells of the state: watches, drains, figures. */
export const WATCH_MUTANTS: readonly Mutant[] = [
  {
    name: "a watch drops a change",
    module: "agent/coordination/watch/reader.js",
    search: `if (link.rev <= (this.#rev ?? 0))`,
    replace: `if (link.rev <= (this.#rev ?? 0) + 1)`,
    catcher: test(
      "simulator/watched",
      "whatever is watched, across agents, leaders and snapshots, a view and what followed are what was there",
    ),
  },
  {
    name: "a watch that is resumed tells the last revision again",
    module: "agent/coordination/watch/history.js",
    search: `this.#steps[middle].rev <= rev`,
    replace: `this.#steps[middle].rev < rev`,
    catcher: test(
      "simulator/watched",
      "whatever is watched, across agents, leaders and snapshots, a view and what followed are what was there",
    ),
  },
  {
    name: "a watch shows less than its client was told elsewhere",
    module: "agent/coordination/watch/reader.js",
    search: `Math.max(this.#rev ?? 0, this.#options.seen.rev)`,
    replace: `this.#rev ?? 0`,
    catcher: test(
      "agent/coordination/watch/state-watch",
      "no view is older than what another answer has told the same client",
    ),
  },
  {
    name: "a watch that is resumed skips a revision",
    module: "agent/coordination/watch/history.js",
    search: `this.#steps.slice(this.#placeAfter(rev))`,
    replace: `this.#steps.slice(this.#placeAfter(rev) + 1)`,
    catcher: test(
      "agent/coordination/watch/state-watch",
      "who comes back gets what followed; where that is not known any more, a view that says so",
    ),
  },
  {
    name: "a drain says that it is done while a worker has an item",
    module: "agent/coordination/drain.js",
    search: `left.leaderships === 0 && left.items === 0`,
    replace: `left.leaderships === 0`,
    catcher: test(
      "agent/coordination/drain",
      "an item in progress has its time to be handed over, and nothing is given to a worker of this host any more",
    ),
  },
  {
    name: "the contention of a name forgets what was before",
    module: "consensus/machine/holds.js",
    search: `counted(name.figures, hold,`,
    replace: `counted(NEVER_HELD.figures, hold,`,
    catcher: test(
      "consensus/machine/figures",
      "what a name's grants add up to: held, waited for, lost, let go when asked, and how many waited meanwhile",
    ),
  },
]
