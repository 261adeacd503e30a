import { type Mutant, test } from "./mutant.ts"

const CASES = "consensus/founding/model"
const sound = (what: string): Mutant["catcher"] =>
  test(CASES, `founding together is sound in every state there is: ${what}`)

/** Mistakes in who promises what, and when, where hosts found a cluster together. */
export const FOUNDING_MUTANTS: readonly Mutant[] = [
  {
    name: "a promise is given before it is on disk",
    module: "consensus/founding/pledging.js",
    search: `persist(scene, { ...state.record, pledge }, { kind: "pledge", call, pledge });`,
    replace: `persist(scene, { ...state.record, pledge }, { kind: "pledge", call, pledge }); answer(scene, call, { kind: "pledged" });`,
    catcher: sound("three found together, one crash"),
  },
  {
    name: "a host promises two founders",
    module: "consensus/founding/pledging.js",
    search: `if (record.pledge !== undefined && !isFollowedBy(record.pledge, from, ask)) {`,
    replace: `if (record.pledge !== undefined && isSame(record.pledge, from, ask)) {`,
    catcher: sound("overlapping proposals"),
  },
  {
    name: "an attempt is said to be aborted before that is on disk",
    module: "consensus/founding/pledging.js",
    search: `record.isOpen || writing?.kind === "abort"`,
    replace: `record.isOpen`,
    catcher: sound("two attempts, one crash"),
  },
  {
    name: "a founder that was restarted takes back in memory alone what it had asked for",
    module: "consensus/founding/founder.js",
    search: `return abort(scene, "restarted");`,
    replace: `return void (state.record = { ...state.record, isOpen: false });`,
    catcher: sound("two attempts, one crash"),
  },
  {
    name: "a founder founds with one promise missing",
    module: "consensus/founding/founder.js",
    search: `if (missing.length === 0) {`,
    replace: `if (missing.length <= 1) {`,
    catcher: sound("overlapping proposals"),
  },
  {
    name: "what is to be on disk counts as being there",
    module: "agent/replica/replica-file.js",
    search: `if (result.ok)
                this.#kept = facts`,
    replace: `this.#kept = facts`,
    catcher: test(
      "agent/replica/replica-file",
      "changes are in force at once and told when they are durable; those of one write together",
    ),
  },
  {
    name: "a founder that had founded before it crashed aborts that",
    module: "agent/group/founding/founding-driver.js",
    search: `this.#input(toldCluster === undefined ?`,
    replace: `this.#input(toldCluster ?`,
    catcher: test(
      "simulator/founding",
      "a founder that cannot make its log has founded all the same: in its next life it aborts nothing",
    ),
  },
]
