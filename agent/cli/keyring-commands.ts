import type { CommandSpec } from "./terminal/command.ts"

/** `keyring …` */
export const KEYRING_COMMANDS: readonly CommandSpec[] = [
  {
    name: "keyring gen",
    summary: "Prints a new secret: once for gossip.key, once for join.key, both for every host",
    more: "A file that it is written to becomes readable for its owner alone, as the agent wants it. Needs no agent.",
    examples: ["conclave keyring gen > gossip.key", "conclave keyring gen > join.key", "conclave keyring gen --json"],
    load: async () => (await import("./keyring-gen.ts")).keyringGen,
  },
  {
    name: "keyring list",
    summary: "Shows which keys gossip is sealed with, and which members lack one",
    more: "By their fingerprints. Members that are dead count, since they may come back. Needs the admin socket.",
    examples: ["conclave keyring list", "conclave keyring list --json"],
    load: async () => (await import("./keyring.ts")).keyringList,
  },
  {
    name: "keyring rotate",
    summary: "Replaces the key of gossip on all members, without a pause",
    usage: "[FINGERPRINT]",
    argsMax: 1,
    more: "Makes a new key, has every member install it, then use it, then remove all others; nobody goes on before every living member has done the step. Exit 9 says how far it has come and who holds it up: the same command goes on from there. A dead member is not waited for and gets the key when it is back. FINGERPRINT is a key that is installed already. Needs the admin socket.",
    examples: ["conclave keyring rotate"],
    load: async () => (await import("./keyring.ts")).keyringRotate,
  },
  {
    name: "keyring install",
    summary: "Gives every member a key, with which it can open what others seal",
    usage: "[FILE|-]",
    argsMax: 1,
    more: "The key is read from stdin or FILE, which nobody else may read or write (mode 600), never from the command line. Exit 9 if some living member did not take it. Needs the admin socket.",
    examples: ["conclave keyring install new.key", "conclave keyring install - < new.key"],
    load: async () => (await import("./keyring.ts")).keyringInstall,
  },
  {
    name: "keyring use",
    summary: "Has every member seal with a key that all have",
    usage: "FINGERPRINT",
    argsMin: 1,
    argsMax: 1,
    more: "Exit 7 if some living member lacks it. Needs the admin socket.",
    examples: ["conclave keyring use 0123456789abcdef"],
    load: async () => (await import("./keyring.ts")).keyringUse,
  },
  {
    name: "keyring remove",
    summary: "Takes a key from every member that nobody seals with",
    usage: "FINGERPRINT",
    argsMin: 1,
    argsMax: 1,
    more: "Exit 7 if some member seals with it, or a living one does not answer. Needs the admin socket.",
    examples: ["conclave keyring remove 0123456789abcdef"],
    load: async () => (await import("./keyring.ts")).keyringRemove,
  },
]
