import { randomInt } from "node:crypto"
import { fileURLToPath } from "node:url"
import type { Bench, BenchContext } from "./context.ts"
import { agentSettings, environment } from "./environment.ts"
import { conclaveDriver } from "./fleet/conclave.ts"
import type { Driver } from "./fleet/driver.ts"
import { PeerMissingError, serfDriver } from "./fleet/serf.ts"
import { conclaveGroup } from "./group/conclave-group.ts"
import { etcdGroup } from "./group/etcd-group.ts"
import type { GroupSystem } from "./group/system.ts"
import { type History, openHistory } from "./history.ts"
import { endWithParent, insideNamespace, runInNamespace } from "./namespace.ts"
import { type Output, openOutput } from "./output.ts"
import { type BenchName, type BenchPlan, type PeerName, PlanError, readPlan, USAGE } from "./plan.ts"
import { type BenchRecord, makeRecord } from "./record.ts"
import { BOOT } from "./runs/boot.ts"
import { DETECTION } from "./runs/detection.ts"
import { ELECTION } from "./runs/election.ts"
import { FAILOVER } from "./runs/failover.ts"
import { IDLE } from "./runs/idle.ts"
import { KV } from "./runs/kv.ts"
import { LOCK } from "./runs/lock.ts"
import { MACHINE } from "./runs/machine.ts"
import { MICRO } from "./runs/micro.ts"
import { PLANNER } from "./runs/planner.ts"
import { QUERY } from "./runs/query.ts"
import { SEAL } from "./runs/seal.ts"
import { SIM } from "./runs/sim.ts"
import { WATCH } from "./runs/watch.ts"
import { WORK } from "./runs/work.ts"
import { OURS, summarise } from "./summary.ts"
import { LossUnavailableError } from "./udp-loss.ts"

const EXIT_OK = 0
const EXIT_FAILED = 1
const EXIT_USAGE = 2
const EXIT_NOT_FOUND = 6

const RUNS: Readonly<Record<BenchName, Bench>> = {
  detection: DETECTION,
  boot: BOOT,
  idle: IDLE,
  query: QUERY,
  lock: LOCK,
  election: ELECTION,
  failover: FAILOVER,
  kv: KV,
  watch: WATCH,
  work: WORK,
  machine: MACHINE,
  seal: SEAL,
  planner: PLANNER,
  sim: SIM,
  micro: MICRO,
}

/** Runs the benches of a command line and resolves to the exit code; never fails on a figure. */
export async function run(argv: readonly string[]): Promise<number> {
  if (argv.includes("--help") || argv.includes("-h")) {
    process.stdout.write(USAGE)
    return EXIT_OK
  }
  try {
    const plan = readPlan(argv, randomInt(2 ** 32))
    if (plan.benches.length === 0) throw new PlanError("a bench must be named")
    return await runAnywhere(plan, { drivers: openDrivers(plan), groups: openGroups(plan) }, argv)
  } catch (error) {
    return explain(error)
  }
}

/** Whoever is measured: as members of a fleet, and as servers that agree. */
interface Systems {
  readonly drivers: ReadonlyMap<PeerName, Driver>
  readonly groups: ReadonlyMap<PeerName, GroupSystem>
}

function openDrivers({ against }: BenchPlan): Systems["drivers"] {
  const drivers = new Map<PeerName, Driver>()
  if (against.includes("serf")) drivers.set("serf", serfDriver(process.env))
  if (against.includes("sealed")) drivers.set("sealed", conclaveDriver({ founds: false, isSealed: true }))
  return drivers
}

function openGroups({ against }: BenchPlan): Systems["groups"] {
  const groups = new Map<PeerName, GroupSystem>()
  if (against.includes("sealed")) groups.set("sealed", conclaveGroup({ isSealed: true }))
  const etcd = against.includes("etcd") ? etcdGroup(process.env) : undefined
  if (typeof etcd === "string") progress(`SKIPPED: nothing is measured against etcd: ${etcd}`)
  else if (etcd !== undefined) groups.set("etcd", etcd)
  return groups
}

/** We first, then the peers that this bench measures. */
function beside<System>(ours: System, others: ReadonlyMap<PeerName, System>, bench: Bench): readonly System[] {
  return [ours, ...[...others].flatMap(([peer, system]) => (bench.peers.includes(peer) ? [system] : []))]
}

function progress(text: string): void {
  process.stderr.write(`bench: ${text}\n`)
}

async function runAnywhere(plan: BenchPlan, systems: Systems, argv: readonly string[]): Promise<number> {
  if (insideNamespace()) {
    endWithParent()
  } else {
    const code = await runInNamespace(fileURLToPath(new URL("./main.js", import.meta.url)), argv)
    if (code !== undefined) return code
    progress("no namespace of its own here (unshare); other loopback traffic is not kept out")
  }
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => process.exit(130))
  const output = openOutput(plan)
  const run = `bench-${plan.benches.join("-")}-${plan.seed}`
  const history = openHistory(plan.history, { run, seed: plan.seed, commit: environment().commit })
  for (const name of plan.benches) await runOne(name, { plan, systems, output, history })
  history.close()
  return EXIT_OK
}

interface Setting {
  readonly plan: BenchPlan
  readonly systems: Systems
  readonly output: Output
  readonly history: History
}

async function runOne(name: BenchName, setting: Setting): Promise<void> {
  const bench = RUNS[name]
  const { plan, systems, output, history } = setting
  const records: BenchRecord[] = []
  const keys = [...bench.variant, ...Object.keys(bench.metrics)]
  const settings = agentSettings(process.env).join(" ")
  if (settings !== "") progress(`our agents are not at their defaults: ${settings}`)
  const left = plan.against.filter((peer) => !bench.peers.includes(peer))
  if (left.length > 0) progress(`${name} does not measure ${left.join(", ")}`)
  const context: BenchContext = {
    plan,
    drivers: beside(conclaveDriver(), systems.drivers, bench),
    groups: beside(conclaveGroup(), systems.groups, bench),
    history,
    progress,
    record: (place, fields) => {
      const told = settings !== "" && place.system === OURS ? { ...fields, settings } : fields
      const record = makeRecord({ bench: name, ...place, seed: plan.seed }, environment(), told)
      records.push(record)
      output.record(record, [...keys, "busyCores"])
    },
  }
  await bench.run(context)
  output.summary(summarise(records, { bench: name, metrics: bench.metrics, variant: bench.variant }))
}

/** Says what happened and what to do next; the code tells scripts apart what happened. */
function explain(error: unknown): number {
  if (error instanceof PlanError) {
    process.stderr.write(`bench: ${error.message}\n\n${USAGE}`)
    return EXIT_USAGE
  }
  const message = error instanceof Error ? error.message : String(error)
  process.stderr.write(`bench: ${message}\n`)
  const missing = error instanceof PeerMissingError || error instanceof LossUnavailableError
  return missing ? EXIT_NOT_FOUND : EXIT_FAILED
}
