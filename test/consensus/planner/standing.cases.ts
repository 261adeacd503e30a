import { memberOf } from "@conclave/consensus/planner/standing"
import { test } from "tap"
import { id } from "../stage.ts"
import { dead, ELECTION_MS, inputOf, MINUTE_MS, NOW_MS, type Scene, silent } from "./scene.ts"

function standing(scene: Partial<Scene>, letter = "c"): string {
  return memberOf(id(letter), inputOf({ voters: "abc", ...scene })).standing
}

test("a member stands as the leader and gossip both say", async (t) => {
  t.equal(standing({}), "sound")
  t.equal(standing({ replicas: { c: silent(9 * MINUTE_MS) } }), "sound", "the leader alone hears nothing")
  t.equal(standing({ agents: { c: dead(9 * MINUTE_MS) } }), "sound", "gossip alone says dead")
  t.equal(standing({ agents: { c: { status: "suspect" } }, replicas: { c: silent(9 * MINUTE_MS) } }), "sound")
  t.equal(standing({ agents: { c: dead(1) }, replicas: { c: silent(ELECTION_MS) } }), "silent")
  t.equal(standing({ agents: { c: dead(MINUTE_MS) }, replicas: { c: silent(MINUTE_MS) } }), "dead")
})

test("the leader itself is heard, whatever gossip says of it", async (t) => {
  const self = memberOf(id("a"), inputOf({ voters: "abc", agents: { a: dead(MINUTE_MS) } }))
  t.equal(self.standing, "sound")
  t.ok(self.isHeard)
})

test("a new leader has heard nobody yet, and counts from its own beginning", async (t) => {
  const history = { settledMs: NOW_MS - 10_000 }
  const input = inputOf({ voters: "abc", agents: { c: dead(9 * MINUTE_MS) }, history })
  const unheard = { ...input, replicas: new Map([...input.replicas].filter(([each]) => each !== id("c"))) }
  t.match(memberOf(id("c"), unheard), { standing: "silent", silentMs: 10_000 })
})

test("its agent is found by its replica, or by the handshake of old", async (t) => {
  const moved = inputOf({ voters: "abc", agents: { c: { replica: id("C") } }, replicas: { c: silent(ELECTION_MS) } })
  t.match(memberOf(id("c"), moved), { name: "nc", standing: "replaced" })
  const unknown = inputOf({ voters: "abc", agents: { c: null } })
  t.match(memberOf(id("c"), unknown), { name: "c", host: "c", zone: "", standing: "sound" })
  const foreign = inputOf({ voters: "abc", agents: { c: { cluster: "other", isDraining: true } } })
  t.match(memberOf(id("c"), foreign), { name: "c", standing: "sound" }, "another cluster's agent speaks for nobody")
})

test("what its owner said stands behind death, but who asked to leave is waited for no longer", async (t) => {
  t.equal(standing({ agents: { c: { isDraining: true } } }), "leaver")
  t.equal(standing({ agents: { c: { wish: "never" } } }), "unwanted")
  t.equal(standing({ agents: { c: { isEphemeral: true } } }), "unwanted")
  t.equal(
    standing({ agents: { c: { wish: "never", ...dead(MINUTE_MS) } }, replicas: { c: silent(MINUTE_MS) } }),
    "dead",
  )
  t.equal(
    standing({ agents: { c: { isDraining: true, ...dead(MINUTE_MS) } }, replicas: { c: silent(MINUTE_MS) } }),
    "leaver",
  )
})

test("whose host was removed leaves at once, also where gossip has forgotten it", async (t) => {
  for (const c of [{}, dead(1), { status: "left" } as const, null]) {
    t.equal(standing({ removed: "c", agents: { c }, replicas: { c: silent(1) } }), "leaver")
  }
  t.equal(standing({ removed: "b" }), "sound", "nobody else does")
})
