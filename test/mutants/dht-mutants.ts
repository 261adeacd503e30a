import { type Mutant, test } from "./mutant.ts"

/** How agents meet in a DHT, and what goes through a tunnel. */
export const DHT_MUTANTS: readonly Mutant[] = [
  {
    name: "who knows the topic is told who an agent is",
    module: "dht/hello.js",
    search: `secrets.find((secret) => isAmong(`,
    replace: `secrets.find((secret) => true || isAmong(`,
    catcher: test("dht/hello", "a stranger is told nothing, whoever begins"),
  },
  {
    name: "a proof of one meeting holds in another",
    module: "dht/hello.js",
    search: `.update(this.#options.session)`,
    replace: ``,
    catcher: test("dht/hello", "what was shown in one session, or by the other end, proves nothing"),
  },
  {
    name: "a stream in a tunnel that nobody reads takes all memory",
    module: "dht/mux.js",
    search: `this.#room -= piece.length`,
    replace: ``,
    catcher: test("dht/mux", "one that nobody reads holds a window, and holds up no other"),
  },
  {
    name: "a tunnel is taken where the other one is there itself",
    module: "agent/node/discovery/dht-source.js",
    search: `if (!isDirect)`,
    replace: `if (true)`,
    catcher: test(
      "agent/node/discovery/dht-source",
      "who answers at its own address is reached there, another through its tunnel, while that is there",
    ),
  },
]
