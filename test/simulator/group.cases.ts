import { conclaveHost } from "@conclave/sim/conclave-host"
import type { Fault, Plan } from "@conclave/sim/plan"
import { makePlan } from "@conclave/sim/plan-maker"
import { type RunResult, runPlan } from "@conclave/sim/run"
import type { HostFactory } from "@conclave/sim/sim-host"
import type { SharedState } from "conclave/group/shared-state"
import type { LogStore } from "conclave/log-store"
import { test } from "tap"
import { changedConsensus } from "./changed-consensus.ts"

function plan(faults: readonly Fault[], more: Partial<Plan> = {}): Plan {
  const made = makePlan({ seed: 5, agents: 4, seconds: 25, faults: [], profile: "local", group: true })
  const group = { founder: 0, snapshotBytes: 2000, keepEntries: 10, clients: 4, names: 2, strikePermille: 0 }
  return { ...made, faults, group, ...more }
}

function play(what: Plan, factory: HostFactory = conclaveHost): RunResult {
  return runPlan(what, { factory })
}

/** Whose log is another than the product's. */
function withStore(change: (store: LogStore, name: string, later: (act: () => void) => void) => LogStore): HostFactory {
  return (setup, ports) => {
    const store = change(ports.store, setup.name, (act) => ports.clock.afterTurn(act))
    return conclaveHost(setup, { ...ports, store })
  }
}

/** A log that does as the product's but for some of it. */
function storeWith(store: LogStore, changes: Partial<LogStore>): LogStore {
  return new Proxy(store, {
    get: (target, key) => {
      const own = changes[key as keyof LogStore]
      const value = own ?? (target[key as keyof LogStore] as unknown)
      return typeof value === "function" && own === undefined ? value.bind(target) : value
    },
  })
}

/** Whose half that agrees does some things otherwise. */
function withConsensus(change: (state: SharedState) => Partial<SharedState>): HostFactory {
  return (setup, ports) => {
    const host = conclaveHost(setup, ports)
    const { consensus } = host
    return consensus === undefined ? host : { ...host, consensus: changedConsensus(consensus, change) }
  }
}

const crashes: readonly Fault[] = [
  { kind: "kill", atMs: 11_000, downMs: 1500, agents: [0] },
  { kind: "power", atMs: 15_000, downMs: 900, agents: [1, 2] },
  { kind: "torn", atMs: 18_000, downMs: 300, writes: 2, agents: [3] },
  { kind: "wipe", atMs: 21_000, downMs: 500, agents: [2] },
]

test("a fleet founds a group, loses and regains members, and keeps all that it acknowledged; the same twice", async (t) => {
  const result = play(plan(crashes))
  t.equal(result.verdict, "ok", result.violation?.message ?? "")
  for (const mark of ["three-vote", "leader-changed", "log-came-back", "granted-after-waiting"] as const) {
    t.ok(result.marks.has(mark), mark)
  }
  t.equal(play(plan(crashes)).traceHash, result.traceHash)
})

test("a log that says durable before it is is found out by what leaves the host", async (t) => {
  const hasty = withStore((store, _name, later) => {
    let tell: (write: number, epoch: number) => void = () => {}
    return storeWith(store, {
      open: (owner, events, done) => {
        tell = events.persisted
        store.open(owner, events, done)
      },
      persist: (write) => {
        store.persist(write)
        later(() => tell(write.write, write.epoch))
      },
    })
  })
  const { verdict, violation } = play(plan([]), hasty)
  t.equal(verdict, "safety")
  t.match(violation?.invariant, /^I10|^I6/)
})

test("a log that writes another entry than it was given is found out", async (t) => {
  const forging = withStore((store, name) =>
    storeWith(store, {
      persist: (write) => {
        const entries = write.entries.map((entry) =>
          entry.data.length < 30 ? entry : { ...entry, stampMs: entry.stampMs + 1 },
        )
        store.persist(name === "a1" ? write : { ...write, entries })
      },
    }),
  )
  const { verdict, violation } = play(plan([]), forging)
  t.equal(verdict, "safety")
  t.equal(violation?.invariant, "I3-log-matching")
})

test("an agent that acknowledges what nobody applied is found out", async (t) => {
  let lies = 0
  // A revision that others were told already gives nothing away.
  let known = 0
  const lying = withConsensus((state) => ({
    propose: (command, deadline, done) => {
      state.propose(command, deadline, (outcome) => {
        if (outcome.kind === "applied") known = Math.max(known, outcome.rev)
        if (outcome.kind !== "unknown" || command.kind !== "release") return done(outcome)
        lies++
        done({ kind: "applied", rev: known, result: { kind: "written", rev: 1 } })
      })
    },
    read: (deadline, done) => {
      state.read(deadline, (outcome) => {
        if (outcome.kind === "read") known = Math.max(known, outcome.state.rev)
        done(outcome)
      })
    },
  }))
  const cut: Fault = { kind: "partition", atMs: 10_000, durationMs: 9000, sides: [[0], [1], [2], [3]] }
  for (let seed = 9; lies === 0; seed++) {
    known = 0
    const { verdict, violation } = play(plan([cut, { ...cut, atMs: 20_000 }], { seed }), lying)
    if (lies === 0) continue
    t.equal(verdict, "safety")
    t.equal(violation?.invariant, "S1-acknowledged-is-applied")
  }
})

test("an agent that reads the past is found out", async (t) => {
  const stale = withConsensus(() => ({ read: (_deadline, done) => done({ kind: "read", state: { rev: 0 } as never }) }))
  const { verdict, violation } = play(plan([]), stale)
  t.equal(verdict, "safety")
  t.equal(violation?.invariant, "S1-reads-see-the-past")
})

test("a group that nobody brings back to its size does not settle", async (t) => {
  const seatless: HostFactory = (setup, ports) =>
    conclaveHost(
      { ...setup, ...(setup.group === undefined ? {} : { group: { ...setup.group, founds: false } }) },
      ports,
    )
  const { verdict, violation } = play(plan([], { calmMs: 20_000 }), seatless)
  t.equal(verdict, "liveness")
  t.equal(violation?.invariant, "the-group-settles")
})
