import { conclaveHost } from "@conclave/sim/conclave-host"
import type { Fault, Plan } from "@conclave/sim/plan"
import { FAULT_KINDS } from "@conclave/sim/plan"
import { makePlan } from "@conclave/sim/plan-maker"
import { type RunResult, runPlan } from "@conclave/sim/run"
import type { HostFactory } from "@conclave/sim/sim-host"
import type { Message, StreamRequest, Update } from "@conclave/swim"
import type { Ports } from "conclave/ports"
import { test } from "tap"

function plan(agents: number, faults: readonly Fault[], more: Partial<Plan> = {}): Plan {
  return { ...makePlan({ seed: 11, agents, seconds: 30, faults: [], profile: "lan" }), codec: false, faults, ...more }
}

function play(what: Plan, factory: HostFactory = conclaveHost): RunResult {
  return runPlan(what, { factory })
}

test("one seed gives one history, another gives another", async (t) => {
  const made = makePlan({ seed: 21, agents: 8, seconds: 40, faults: FAULT_KINDS })
  const first = play(made)
  const second = play(made)
  t.equal(first.traceHash, second.traceHash)
  t.equal(first.steps, second.steps)
  t.not(play({ ...made, seed: 22 }).traceHash, first.traceHash)
})

test("checks watch and change nothing", async (t) => {
  const made = plan(8, [{ kind: "kill", atMs: 15_000, agents: [3] }])
  const without = runPlan(made, { factory: conclaveHost, checks: false })
  t.equal(without.traceHash, play(made).traceHash)
})

test("objects and bytes give the same history where nothing damages bytes", async (t) => {
  const faults: readonly Fault[] = [
    { kind: "kill", atMs: 12_000, downMs: 9000, agents: [1] },
    { kind: "loss", atMs: 15_000, durationMs: 8000, permille: 200 },
    { kind: "restart", atMs: 16_000, downMs: 2000, agents: [2] },
  ]
  const objects = play(plan(7, faults))
  const bytes = play(plan(7, faults, { codec: true }))
  t.equal(objects.verdict, "ok")
  t.equal(bytes.traceHash, objects.traceHash)
  const steps = [["require", "require"] as const, ["accept", "send"] as const, ["send", "require"] as const]
  for (const seal of steps) {
    t.equal(play(plan(7, faults, { codec: true, seal })).traceHash, objects.traceHash, `sealed: ${seal.join(", ")}`)
  }
  const deaf = play(plan(7, faults, { codec: true, seal: ["accept", "require"] }))
  t.not(deaf.traceHash, objects.traceHash, "two steps apart they do not hear each other")
})

test("a calm fleet finds itself and nobody is suspected", async (t) => {
  const result = play(plan(24, []))
  t.equal(result.verdict, "ok")
  t.same([result.verdicts.suspicions, result.verdicts.deaths], [0, 0])
})

test("two halves that both begin anew in the cut between them find each other after it, by what their disks remember", async (t) => {
  const faults: readonly Fault[] = [
    {
      kind: "partition",
      atMs: 10_000,
      durationMs: 20_000,
      sides: [
        [0, 1],
        [2, 3, 4],
      ],
    },
    { kind: "kill", atMs: 16_000, downMs: 1000, agents: [0, 1, 2, 3, 4] },
  ]
  const result = play(plan(5, faults, { joinOnce: true }))
  t.equal(result.verdict, "ok", result.violation?.message ?? "")
})

test("a killed agent is dead everywhere, a left one is left, an announced restart is no death", async (t) => {
  const killed = play(plan(6, [{ kind: "kill", atMs: 12_000, agents: [1] }]))
  t.equal(killed.verdict, "ok")
  t.equal(killed.verdicts.deaths, 5)
  const left = play(plan(6, [{ kind: "leave", atMs: 12_000, agents: [1] }]))
  t.equal(left.verdict, "ok")
  t.equal(left.verdicts.deaths, 0)
  t.ok(left.marks.has("left"))
  const rolling = [0, 1, 2, 3, 4, 5].map((agent) => {
    return { kind: "restart", atMs: 10_000 + agent * 3000, downMs: 2000, agents: [agent] } as const
  })
  const restarted = play(plan(6, rolling))
  t.equal(restarted.verdict, "ok")
  t.equal(restarted.verdicts.deaths, 0)
  t.ok(restarted.marks.has("restarted-without-death"))
})

/** An agent that never hears what is said about itself, so that it never refutes. */
const unanswering: HostFactory = (setup, ports) => {
  const others = (updates: readonly Update[]): readonly Update[] => {
    return updates.filter((update) => update.kind === "alive" || update.kind === "opaque" || update.id !== setup.id)
  }
  const clean = (bytes: Uint8Array): Uint8Array => {
    const held = bytes as unknown as { readonly updates?: readonly Update[] }
    return held.updates === undefined ? bytes : ({ ...held, updates: others(held.updates) } as unknown as Uint8Array)
  }
  const datagrams: Ports["datagrams"] = {
    ...ports.datagrams,
    onReceive: (handler) => ports.datagrams.onReceive((source, bytes) => handler(source, clean(bytes))),
  }
  const links: Ports["links"] = {
    ...ports.links,
    onRequest: (handler) => ports.links.onRequest((source, body, reply) => handler(source, clean(body), reply)),
    request: (to, body, limitMs, done) =>
      ports.links.request(to, body, limitMs, (result) => {
        done(result.ok ? { ok: true, pages: result.pages.map(clean) } : result)
      }),
  }
  return conclaveHost(setup, { ...ports, datagrams, links })
}

test("agents that do not refute are found out: who was cut off for a while stays dead", async (t) => {
  const mute = {
    kind: "oneway",
    atMs: 12_000,
    durationMs: 25_000,
    from: [2],
    to: [0, 1, 3, 4, 5],
    proto: "both",
  } as const
  t.equal(play(plan(6, [mute])).verdict, "ok")
  const result = play(plan(6, [mute]), unanswering)
  t.equal(result.verdict, "liveness")
  t.match(result.violation?.message, /runs and is dead/)
})

test("an agent that answers no probe and does not refute dies falsely, and the step that says so is named", async (t) => {
  const mute: HostFactory = (setup, ports) => {
    if (setup.name !== "a2") return conclaveHost(setup, ports)
    const datagrams: Ports["datagrams"] = {
      ...ports.datagrams,
      send: (to, bytes) => {
        if ((bytes as unknown as Message).kind !== "ack") ports.datagrams.send(to, bytes)
      },
    }
    const links: Ports["links"] = {
      ...ports.links,
      onRequest: (handler) =>
        ports.links.onRequest((source, body, reply) => {
          if ((body as unknown as StreamRequest).kind !== "ping") handler(source, body, reply)
        }),
    }
    return unanswering(setup, { ...ports, datagrams, links })
  }
  const result = play(plan(5, [], { activeMs: 60_000 }), mute)
  t.equal(result.verdict, "safety")
  t.equal(result.violation?.invariant, "no-healthy-member-is-dead")
  t.match(result.violation?.message, /a2 is dead, accused by a\d/)
})

test("a view that goes back in time is found at the step that shows it", async (t) => {
  const forgetful: HostFactory = (setup, ports) => {
    const host = conclaveHost(setup, ports)
    return {
      ...host,
      onMemberChanged: (on) =>
        host.onMemberChanged((change, version) => {
          const { after } = change
          if (after === undefined || after.record.generation < 2) return on(change, version)
          const record = { ...after.record, generation: 1 as typeof after.record.generation }
          on({ ...change, after: { ...after, record } }, version)
        }),
    }
  }
  const twice: readonly Fault[] = [
    { kind: "tags", atMs: 10_000, agents: [1] },
    { kind: "kill", atMs: 12_000, downMs: 1000, agents: [1] },
  ]
  const result = play(plan(4, twice), forgetful)
  t.equal(result.verdict, "safety")
  t.equal(result.violation?.invariant, "versions-never-fall")
})

test("an agent that throws ends the run with its message", async (t) => {
  const broken: HostFactory = (setup, ports) => {
    const host = conclaveHost(setup, ports)
    ports.clock
      .alarm(() => {
        throw new RangeError("planted")
      })
      .set(3000 as never)
    return host
  }
  const result = play(plan(3, []), broken)
  t.equal(result.verdict, "assertion")
  t.match(result.violation?.message, /planted/)
})

test("agents that do nothing at all are idle, which is a failure", async (t) => {
  const asleep: HostFactory = (setup, ports) => ({ ...conclaveHost(setup, ports), start: () => {} })
  t.equal(play(plan(4, []), asleep).verdict, "idle")
})
