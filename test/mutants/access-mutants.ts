import { type Mutant, test } from "./mutant.ts"

const LISTS = "lists, sessions and watches leave out what another socket's names are"
const PERMISSIONS = "agent/coordination/permissions"

/** Mistakes in what may be asked by which socket, and what it is shown. */
export const ACCESS_MUTANTS: readonly Mutant[] = [
  {
    name: "what the table does not know is allowed",
    module: "agent/api/access.js",
    search: `need === undefined || (need === "admin"`,
    replace: `(need === "admin"`,
    catcher: test("agent/api/access", "what the table does not know nobody may, not even an operator"),
  },
  {
    name: "of several names only the first is asked for",
    module: "agent/api/access.js",
    search: `names.find((name) => !mayTouch(principal, name))`,
    replace: `names.slice(0, 1).find((name) => !mayTouch(principal, name))`,
    catcher: test("agent/api/access", "each name of a call is asked for, not only the first"),
  },
  {
    name: "an operation of work is asked for no name",
    module: "agent/api/access.js",
    search: `"work.retry": NAME`,
    replace: `"work.retry": NONE`,
    catcher: test(PERMISSIONS, "what may be asked by the socket part in frames, operation by operation"),
  },
  {
    name: "a watch tells the changes of other names",
    module: "agent/coordination/watch/scope.js",
    search: `isNamed && (names === undefined || fits(names, of.name))`,
    replace: `isNamed`,
    catcher: test(PERMISSIONS, LISTS),
  },
  {
    name: "a session shows what it holds of other names",
    module: "agent/coordination/hold-reads.js",
    search: `grants: grants.filter(isShown)`,
    replace: `grants`,
    catcher: test(PERMISSIONS, LISTS),
  },
  {
    name: "readers of different names share what they are told",
    module: "agent/coordination/watch/state-watch.js",
    search: `JSON.stringify([name, prefix, names])`,
    replace: `JSON.stringify([name, prefix])`,
    catcher: test(PERMISSIONS, "readers of different names do not share what they are told"),
  },
]
