import { type Mutant, test } from "./mutant.ts"

/** Mistakes in what gossip is sealed with, and what is taken. */
export const SEAL_MUTANTS: readonly Mutant[] = [
  {
    name: "a nonce is used twice with one key",
    module: "agent/gossip/seal/seal.js",
    search: `this.#counter++;
        beginFrame`,
    replace: `beginFrame`,
    catcher: test("agent/gossip/seal/seal", "a datagram is taken once, and up to 1,023 others late"),
  },
  {
    name: "a counter is used up before its datagram has opened",
    module: "agent/gossip/seal/seal.js",
    search: `const body = cipher.open(`,
    replace: `window.mark(counter);
    const body = cipher.open(`,
    catcher: test("agent/gossip/seal/seal", "every changed bit is refused"),
  },
  {
    name: "a change of keys forgets what was seen",
    module: "agent/gossip/seal/seal.js",
    search: `before.find(({ fingerprint }) => fingerprint === key.fingerprint) ?? key`,
    replace: `key`,
    catcher: test("agent/gossip/seal/seal", "every key of the ring opens, the first one seals"),
  },
  {
    name: "of a boot whose key was let go everything is taken again",
    module: "agent/gossip/seal/seal-key.js",
    search: `new ReplayWindow(this.#heard.get(key))`,
    replace: `new ReplayWindow()`,
    catcher: test(
      "agent/gossip/seal/seal-key",
      "of boots that were not heard for long the keys go, and what was recorded of them stays refused",
    ),
  },
  {
    name: "the label is in no key",
    module: "agent/gossip/seal/seal-key.js",
    search: `\`conclave gossip 1 \${cluster}\``,
    replace: `"conclave gossip 1 "`,
    catcher: test("agent/gossip/seal/seal", "the frame is what the document says, made here from its words alone"),
  },
  {
    name: "where gossip has to be sealed it is taken in the clear",
    module: "agent/gossip/sealed-codec.js",
    search: `!isSealed(bytes) && mode() !== "require"`,
    replace: `!isSealed(bytes)`,
    catcher: test("agent/gossip/sealed-codec", "what is not said so is refused with its reason"),
  },
  {
    name: "a copied machine goes on with its boot",
    module: "agent/gossip/seal/boot-age.js",
    search: `return isSet || nowMs`,
    replace: `return nowMs`,
    catcher: test(
      "agent/gossip/seal/seal",
      "of a machine that was copied while it ran the two go on with keys of their own",
    ),
  },
  {
    name: "an answer is as long as there is news",
    module: "swim/gossip.js",
    search: `return this.piggyback(to, Math.min(room, this.#core.config.packetBytesMax - ENVELOPE_BYTES))`,
    replace: `return this.piggyback(to)`,
    catcher: test(
      "swim/amplification",
      "no answer is larger than what it answers, whatever is said by whom, and a stranger has none",
    ),
  },
]
