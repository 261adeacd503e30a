import { conclaveHost } from "@conclave/sim/conclave-host"
import type { Fault, Plan } from "@conclave/sim/plan"
import { makePlan } from "@conclave/sim/plan-maker"
import { type RunResult, runPlan } from "@conclave/sim/run"
import type { HostFactory } from "@conclave/sim/sim-host"
import type { Message } from "@conclave/swim"
import type { Ports } from "conclave/ports"
import { test } from "tap"

function plan(agents: number, faults: readonly Fault[], more: Partial<Plan> = {}): Plan {
  return { ...makePlan({ seed: 11, agents, seconds: 30, faults: [], profile: "lan" }), codec: false, faults, ...more }
}

function play(what: Plan, factory: HostFactory = conclaveHost): RunResult {
  return runPlan(what, { factory })
}

const kill: Fault = { kind: "kill", atMs: 12_000, agents: [1] }

/** Agents that are not told when a link breaks: a crash is then known by silence alone. */
const blind: HostFactory = (setup, ports) => {
  const links: Ports["links"] = {
    ...ports.links,
    watch: (to, id, on) => ports.links.watch(to, id, (event) => event === "up" && on(event)),
  }
  return conclaveHost(setup, { ...ports, links })
}

test("a crash that is known late is found out, and who did not know is named", async (t) => {
  const good = play(plan(6, [kill]))
  t.equal(good.verdict, "ok")
  t.ok(good.marks.has("known-in-time-alone"), "the check had something to judge")
  const { verdict, violation } = play(plan(6, [kill]), blind)
  t.equal(verdict, "safety")
  t.equal(violation?.invariant, "the-dead-are-known-in-time")
  t.match(violation?.message, /a2 ended \d{4} ms ago and is (alive|suspect)/)
})

test("a crash whose machine loses its power before anybody could see it is silence", async (t) => {
  const cut: Fault = { ...kill, kind: "power", atMs: 12_200 }
  const { verdict, violation, marks } = play(plan(6, [kill, cut]))
  t.equal(verdict, "ok", violation?.message ?? "")
  for (const mark of ["powered-off-when-dead", "known-in-time-alone"] as const) t.ok(marks.has(mark), mark)
  const slow: HostFactory = (setup, ports) => conclaveHost({ ...setup, profile: "wan" }, ports)
  t.equal(play(plan(6, [kill, cut]), slow).violation?.invariant, "the-dead-are-known-in-time", "and silence is judged")
})

test("silence is known in time, and so is one who announced a restart and stays away", async (t) => {
  const silent = play(plan(6, [{ ...kill, kind: "power" }]))
  t.equal(silent.verdict, "ok")
  t.ok(silent.marks.has("known-in-time-alone"))
  const away: Fault = { kind: "restart", atMs: 12_000, downMs: 60_000, agents: [1] }
  const stayed = play(plan(6, [away], { restartGraceMs: 5000, activeMs: 90_000 }))
  t.equal(stayed.verdict, "ok")
  for (const mark of ["stayed-away", "known-in-time"] as const) t.ok(stayed.marks.has(mark), mark)
})

test("of two who are left while others restart, the one knows of the other's silence as soon as in a fleet of two", async (t) => {
  const restart: Fault = { kind: "restart", atMs: 12_000, downMs: 25_000, agents: [2, 3] }
  const power: Fault = { kind: "power", atMs: 28_000, agents: [1] }
  const { verdict, violation, marks } = play(plan(4, [restart, power], { activeMs: 60_000, restartGraceMs: 30_000 }))
  t.equal(verdict, "ok", violation?.message ?? "")
  t.ok(marks.has("known-in-time-alone"))
})

test("a crash soon after a long restart, or a short loss of power, is known as soon as any other", async (t) => {
  const crash: Fault = { ...kill, atMs: 41_000, agents: [4] }
  const wasAway: readonly Fault[] = [
    { kind: "restart", atMs: 12_000, downMs: 20_000, agents: [4] },
    { kind: "power", atMs: 12_000, downMs: 1000, agents: [4] },
  ]
  for (const away of wasAway) {
    const { verdict, violation, marks } = play(plan(5, [away, crash], { activeMs: 60_000, restartGraceMs: 30_000 }))
    t.equal(verdict, "ok", violation?.message ?? "")
    t.ok(marks.has("known-in-time-alone"), away.kind)
  }
})

test("a short pause excuses nobody: whoever dies of it or accuses because of it is found out", async (t) => {
  const pause: Fault = { kind: "freeze", atMs: 15_000, durationMs: 2500, agents: [1] }
  const good = play(plan(6, [pause]))
  t.equal(good.verdict, "ok")
  t.ok(good.marks.has("paused-briefly"))
  const hasty: HostFactory = (setup, ports) => conclaveHost({ ...setup, profile: "local" }, ports)
  const slow: Fault = { ...pause, durationMs: 2900 }
  t.equal(play(plan(6, [slow]), hasty).violation?.invariant, "no-healthy-member-is-dead")
})

test("an agent that does not hear its acks accuses the untouched", async (t) => {
  const deaf: HostFactory = (setup, ports) => {
    if (setup.name !== "a3") return conclaveHost(setup, ports)
    const isAnswer = (bytes: Uint8Array): boolean => ["ack", "nack"].includes((bytes as unknown as Message).kind)
    const datagrams: Ports["datagrams"] = {
      ...ports.datagrams,
      onReceive: (on) => ports.datagrams.onReceive((source, bytes) => isAnswer(bytes) || on(source, bytes)),
    }
    const links: Ports["links"] = {
      ...ports.links,
      request: (to, body, limitMs, done) =>
        ports.links.request(to, body, limitMs, (result) => {
          done((body as unknown as { kind: string }).kind === "ping" ? { ok: false, why: "timeout" } : result)
        }),
    }
    return conclaveHost(setup, { ...ports, datagrams, links })
  }
  const { verdict, violation } = play(plan(6, [], { activeMs: 90_000 }), deaf)
  t.equal(verdict, "safety")
  t.equal(violation?.invariant, "nobody-accuses-the-untouched")
  t.match(violation?.message, /accused by a3 by/)
})

test("an agent that believes it stalled while it ran is found out", async (t) => {
  // Its alarms ring late, its datagrams come in time.
  const sluggish: HostFactory = (setup, ports) => {
    if (setup.name !== "a2") return conclaveHost(setup, ports)
    const alarm: Ports["clock"]["alarm"] = (ring) => {
      const { set, clear } = ports.clock.alarm(ring)
      return { set: (at) => set((at + 200) as typeof at), clear }
    }
    return conclaveHost(setup, { ...ports, clock: { ...ports.clock, alarm } })
  }
  t.equal(play(plan(5, [], { activeMs: 60_000 }), sluggish).violation?.invariant, "who-ran-did-not-stall")
})

test("agents that chatter while all is well are found out", async (t) => {
  const chatty: HostFactory = (setup, ports) => {
    const alarm = ports.clock.alarm(() => {
      for (const to of setup.join) ports.datagrams.send(to as never, new Uint8Array(0))
      alarm.set((ports.clock.now() + 20) as never)
    })
    alarm.set((ports.clock.now() + 20) as never)
    return conclaveHost(setup, ports)
  }
  const { verdict, violation } = play(plan(5, [], { codec: true }), chatty)
  t.equal(verdict, "liveness")
  t.equal(violation?.invariant, "a-calm-fleet-is-quiet")
})

test("two agents that know nobody find each other through an address that comes back", async (t) => {
  // Both forget the other by the first's good-bye, and all whom they are told to join are gone.
  const faults: readonly Fault[] = [
    { kind: "leave", atMs: 12_000, downMs: 40_000, agents: [4] },
    { kind: "power", atMs: 20_000, agents: [0, 1, 2] },
    { kind: "power", atMs: 45_000, downMs: 15_000, agents: [3] },
  ]
  t.equal(play(plan(5, faults, { seeds: 3, activeMs: 70_000 })).verdict, "ok")
})

test("a fleet that lost its power and starts in two halves becomes one when the network heals", async (t) => {
  const faults: readonly Fault[] = [
    { kind: "leave", atMs: 12_000, downMs: 1000, agents: [0] },
    {
      kind: "partition",
      atMs: 20_000,
      durationMs: 25_000,
      sides: [
        [0, 2],
        [1, 3],
      ],
    },
    { kind: "power", atMs: 21_000, downMs: 200, agents: [0, 1, 2, 3] },
  ]
  const { verdict, violation, marks } = play(plan(4, faults, { seeds: 2 }))
  t.equal(verdict, "ok", violation?.message ?? "")
  t.ok(marks.has("all-down"))
})
