import { type Mutant, test } from "./mutant.ts"

/** Mistakes in who is let in on streams, and as whom. */
export const STREAM_MUTANTS: readonly Mutant[] = [
  {
    name: "a stream is let in whatever was shown",
    module: "agent/node/sealed-door.js",
    search: `if (key === undefined || `,
    replace: `if (`,
    catcher: test(
      "agent/node/sealed-door",
      "whoever has another secret, or another cluster's, gets nothing, and both sides can say why",
    ),
  },
  {
    name: "whoever has the secret is whom it says to be",
    module: "agent/node/sealed-door.js",
    search: `!isKeyShown(ofKey, session)`,
    replace: `false`,
    catcher: test(
      "agent/node/sealed-door",
      "a member speaks under its own key alone, whatever else it has the secret for",
    ),
  },
  {
    name: "a stranger's chain of certificates is checked",
    module: "agent/node/sealed-door.js",
    search: `requestCert: false`,
    replace: `requestCert: true`,
    catcher: test(
      "agent/node/sealed-door",
      "nobody is asked for a certificate, since its chain would be checked before anybody is refused",
    ),
  },
  {
    name: "a stranger chooses how costly a handshake is",
    module: "agent/node/sealed-door.js",
    search: `ecdhCurve: GROUP`,
    replace: `ecdhCurve: "auto"`,
    catcher: test("agent/node/sealed-door", "to a stranger goes a handshake and no byte of ours, whatever it says"),
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
