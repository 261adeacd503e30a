import { type Mutant, test } from "./mutant.ts"

/** Mistakes in who is let in on streams, and as whom. */
export const STREAM_MUTANTS: readonly Mutant[] = [
  {
    name: "a stream is let in whatever was shown",
    module: "agent/node/links/sealed-door.js",
    search: `if (secret === undefined || `,
    replace: `if (`,
    catcher: test(
      "agent/node/links/sealed-door",
      "whoever has another secret, or another cluster's, gets nothing, and both sides can say why",
    ),
  },
  {
    name: "whoever has the secret is whom it says to be",
    module: "agent/node/links/sealed-door.js",
    search: `!isKeyShown(ofKey, session)`,
    replace: `false`,
    catcher: test(
      "agent/node/links/sealed-door",
      "a member speaks under its own key alone, whatever else it has the secret for",
    ),
  },
  {
    name: "a stranger's chain of certificates is checked",
    module: "agent/node/links/sealed-door.js",
    search: `requestCert: false`,
    replace: `requestCert: true`,
    catcher: test(
      "agent/node/links/sealed-door",
      "nobody is asked for a certificate, since its chain would be checked before anybody is refused",
    ),
  },
  {
    name: "a stranger chooses how costly a handshake is",
    module: "agent/node/links/sealed-door.js",
    search: `ecdhCurve: GROUP`,
    replace: `ecdhCurve: "auto"`,
    catcher: test(
      "agent/node/links/sealed-door",
      "to a stranger goes a handshake and no byte of ours, whatever it says",
    ),
  },
  {
    name: "the dialler speaks before the acceptor has shown the secret",
    module: "agent/node/links/sealed-door.js",
    search: `const secret = this.#proof().find(answer, session, "acceptor");`,
    replace: `const secret = {};`,
    catcher: test(
      "agent/node/links/sealed-door",
      "whoever stands where an agent was meant to be hears an opening and no more",
    ),
  },
  {
    name: "what a removed secret opened stays open",
    module: "agent/node/links/sealed-door.js",
    search: `return proof.has(secret)`,
    replace: `return true`,
    catcher: test(
      "agent/node/stream-seal",
      "a secret that is taken away ends the streams that it opened, at both of their ends, and no others",
    ),
  },
  {
    name: "strangers and members share their handshakes",
    module: "agent/node/links/sealed-door.js",
    search: `from.isMember ? this.#ofMembers`,
    replace: `false ? this.#ofMembers`,
    catcher: test(
      "agent/node/links/sealed-door",
      "what strangers use up of handshakes members still have, and who has not said what it wants uses none",
    ),
  },
  {
    name: "whoever has waited longest gives way, shaking hands or not",
    module: "agent/node/links/lobby.js",
    search: `if (this.#silent.delete(guest))`,
    replace: `if (false)`,
    catcher: test("agent/node/links/sealed-door", "connections that say nothing do not push out who shakes hands"),
  },
  {
    name: "who was removed comes back by a later generation",
    module: "swim/membership.js",
    search: `if (this.#barred.has(update.record.id))`,
    replace: `if (false)`,
    catcher: test(
      "swim/membership",
      "who is barred has left, living or not, and comes back neither by gossip nor by a join",
    ),
  },
  {
    name: "who was removed is dead, and no longer one that has left",
    module: "swim/membership.js",
    search: `update.kind === "dead" && this.#barred.has(update.id)`,
    replace: `false`,
    catcher: test(
      "swim/membership",
      "who is barred has left, living or not, and comes back neither by gossip nor by a join",
    ),
  },
  {
    name: "the seat of a removed host waits like a forgotten one's",
    module: "consensus/planner/standing.js",
    search: `owner !== undefined && removed.has(owner)`,
    replace: `false`,
    catcher: test(
      "consensus/planner/standing",
      "whose host was removed leaves at once, also where gossip has forgotten it",
    ),
  },
  {
    name: "an operator removes a voter that is needed",
    module: "agent/replica/can-spare.js",
    search: `owner === host || removed.has(owner)`,
    replace: `removed.has(owner)`,
    catcher: test("agent/replica/can-spare", "an operator who takes a living voter for dead does not end the group"),
  },
  {
    name: "who was removed opens streams",
    module: "agent/node/links/link-server.js",
    search: `this.#options.isRemoved(peer)`,
    replace: `false`,
    catcher: test(
      "agent/node/sealed-agents",
      "whom an operator removes stays out, with whatever generation it comes, and its open streams end",
    ),
  },
  {
    name: "a proof holds in every session",
    module: "agent/node/links/join-proof.js",
    search: `.update(exported)`,
    replace: `.update("")`,
    catcher: test(
      "agent/node/links/join-proof",
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
      "each key speaks for its own member and the replicas there, and for none that has left",
    ),
  },
  {
    name: "a host speaks for any replica",
    module: "agent/replica/seat-book.js",
    search: `if (host === peer)`,
    replace: `if (host !== undefined)`,
    catcher: test(
      "agent/replica/seat-book",
      "each key speaks for its own member and the replicas there, and for none that has left",
    ),
  },
  {
    name: "any host says what only a leader says",
    module: "agent/group/route/leader-route.js",
    search: `task.origin !== "own" && isOfLeader(`,
    replace: `false && isOfLeader(`,
    catcher: test(
      "agent/group/route/call-service",
      "what only a leader says is taken of no other agent: a wrong hash would end every replica",
    ),
  },
  {
    name: "any host speaks for any session",
    module: "agent/group/route/call-door.js",
    search: `if (host === undefined || this.speaksFor(from, host))`,
    replace: `if (true)`,
    catcher: test(
      "agent/group/route/call-door",
      "a host speaks for the sessions that are attached to it; of those that nobody has the state decides",
    ),
  },
  {
    name: "a stranger is believed",
    module: "consensus/replica.js",
    search: `if (!this.fellows.has(message.from))`,
    replace: `if (false)`,
    catcher: test(
      "simulator/impostor",
      "who took over a host that was let in ends, leads and changes nothing under other names, whoever falls meanwhile",
    ),
  },
  {
    name: "a snapshot of a stranger is taken over",
    module: "consensus/replica.js",
    search: `if (!this.fellows.has(from))`,
    replace: `if (false)`,
    catcher: test(
      "consensus/fellows",
      "a snapshot of a stranger is not taken over, and a term that it asks for is not entered",
    ),
  },
  {
    name: "a host belongs to the cluster that gossip tells of",
    module: "agent/group/belonging.js",
    search: "ask: (member, done) => this.#founding.clusterOf(member, done),",
    replace: "ask: (member, done) => done(member.record.seat?.cluster),",
    catcher: test(
      "agent/node/forged-cluster",
      "a host that was lied to belongs to the cluster that a member of it names",
    ),
  },
  {
    name: "a vote is given to one that others do not know",
    module: "consensus/leader.js",
    search: `lacking.length + newcomers.length < majority(voters.length)`,
    replace: `true`,
    catcher: test("consensus/fellows", "nobody is given a vote of whom those that are to vote with it do not know"),
  },
  {
    name: "hosts without a seat go to the leader by themselves",
    module: "agent/group/group-view.js",
    search: `this.#book.relays(cluster, RELAYS)`,
    replace: `[this.leader?.record.addr, ...this.#book.relays(cluster, RELAYS)].filter((addr) => addr !== undefined)`,
    catcher: test(
      "simulator/new-leader",
      "a new leader of a fleet is dialled by its share of those alone whose relay the old one was",
    ),
  },
]
