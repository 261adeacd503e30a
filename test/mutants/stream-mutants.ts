import { type Mutant, test } from "./mutant.ts"

/** Mistakes in who is let in on streams, and as whom. */
export const STREAM_MUTANTS: readonly Mutant[] = [
  {
    name: "a stream is let in whatever was shown",
    module: "agent/node/sealed-door.js",
    search: `if (key === undefined)`,
    replace: `if (false)`,
    catcher: test(
      "agent/node/sealed-door",
      "whoever has another secret, or another cluster's, gets nothing, and both sides can say why",
    ),
  },
  {
    name: "the dialler speaks before the acceptor has shown the secret",
    module: "agent/node/sealed-door.js",
    search: `if (proof.find(shown, session, "acceptor") === undefined)`,
    replace: `if (false)`,
    catcher: test(
      "agent/node/sealed-door",
      "whoever stands where an agent was meant to be hears an opening and no more",
    ),
  },
  {
    name: "a proof holds in every session",
    module: "agent/node/join-proof.js",
    search: `.update(exported)`,
    replace: `.update("")`,
    catcher: test(
      "agent/node/join-proof",
      "a proof holds for one session, one pair, one direction, one secret and one cluster",
    ),
  },
  {
    name: "a host calls under any name",
    module: "agent/replica/seat-book.js",
    search: `return from === peer ? undefined :`,
    replace: `return true ? undefined :`,
    catcher: test(
      "agent/replica/seat-book",
      "each key speaks for its own member and the replica there, and for none that has left",
    ),
  },
]
