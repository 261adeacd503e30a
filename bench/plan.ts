import { parseArgs } from "node:util"

export const BENCHES = [
  "detection",
  "boot",
  "idle",
  "query",
  "lock",
  "election",
  "failover",
  "kv",
  "watch",
  "work",
  "machine",
  "seal",
  "planner",
  "sim",
  "micro",
] as const
export type BenchName = (typeof BENCHES)[number]
export const PEERS = ["serf", "etcd", "sealed"] as const
export type PeerName = (typeof PEERS)[number]
export const DETECTION_FAULTS = ["kill", "stop", "stall", "loss"] as const
export type DetectionFault = (typeof DETECTION_FAULTS)[number]
export const FAILOVER_FAULTS = ["kill", "stop", "transfer", "turns"] as const
export type FailoverFault = (typeof FAILOVER_FAULTS)[number]
export const QUERY_PATHS = ["sdk", "frame", "http"] as const
export type QueryPath = (typeof QUERY_PATHS)[number]
export const LOCK_MODES = ["serial", "distinct", "handoff", "crash"] as const
export type LockMode = (typeof LOCK_MODES)[number]

export const CLIENTS_MAX = 1_024
export const MEMBERS_MAX = 250
export const RUNS_MAX = 10_000
const SEEDS = 2 ** 32

/** What is to be measured. */
export interface BenchPlan {
  readonly benches: readonly BenchName[]
  /** undefined = the default of the bench. */
  readonly n: number | undefined
  readonly runs: number
  readonly against: readonly PeerName[]
  readonly seed: number
  /** undefined = the default of the bench. */
  readonly faults: readonly (DetectionFault | FailoverFault)[] | undefined
  readonly paths: readonly QueryPath[]
  readonly modes: readonly LockMode[]
  /**
   * How many clients take locks of their own or put at a time, one run of `lock` or `kv` for each; undefined = each
   * bench's own.
   */
  readonly clients: readonly number[] | undefined
  /** Share of UDP datagrams lost with `--fault loss`, in percent. */
  readonly lossPercent: number
  /** Members that pause at a time with `--fault stall`; undefined = one in eight. */
  readonly stalled: number | undefined
  /** How long a stalled member does nothing, and then runs. */
  readonly pauseMs: number
  readonly releaseMs: number
  /**
   * How long one run of `idle`, `query`, `lock`, `election`, `kv`, `watch`, `stall`, `seal` or `sim` measures;
   * undefined = the default of each.
   */
  readonly durationMs: number | undefined
  readonly history: string | undefined
  readonly out: string | undefined
  readonly json: boolean
}

/** A command line that cannot be carried out; its message says what to give instead. */
export class PlanError extends Error {
  override name = "PlanError"
}

export const USAGE = `usage: npm run bench -- NAME… [options]

NAME  detection  fault → suspected and declared dead everywhere, by real agents
      boot       start of a fleet → everybody sees everybody
      idle       bytes, packets, CPU and memory of an agent at rest
      query      calls of an application to its agent
      lock       locks: taken one by one and many at a time, passed on, and left by a holder that dies
      election   a leader resigns → the next one runs
      failover   the servers' leader goes → the first write
      kv         puts under keys, by few clients and by many
      watch      a thousand watchers of one prefix at one server
      work       shares of work: a worker comes, a worker is killed
      machine    the replicated state alone: size, pauses, speed
      seal       what it costs that traffic is sealed, and what is refused
      planner    who should have which item, among thousands of workers
      sim        speed of the simulator
      micro      codec, merge and step of the membership core

  --n 32             members                     --runs 5      runs of each kind
  --against serf     measure a peer side by side, run by run: serf, etcd,
                                                 sealed (our agents with keys, beside open ones)
  --fault kill       detection: kill, stop, stall, loss (several with commas; kill by default);
                     failover: kill, stop, transfer, turns (all by default)
  --path sdk         query: sdk, frame, http (all by default)
  --mode serial      lock: serial, distinct, handoff, crash (all by default)
  --clients 16,64    lock, kv: how many at a time (lock 16,64,256; kv 1,16,64,256)
  --loss 20          percent of datagrams lost by --fault loss
  --stalled 4  --pause 3s  --release 1s          --fault stall: how many, how long, and between
  --duration 30s     length of one run of idle, query, lock, election, kv, watch, stall, sim, seal
  --seed S           choice of victims and loads  --json        one JSON line a run
  --history FILE     everything the observers said, as JSON lines
  --out DIR          keeps the records in DIR/records.jsonl
`

/** Reads the command line. Throws `PlanError`. */
export function readPlan(argv: readonly string[], freshSeed: number): BenchPlan {
  const { values, positionals } = parse(argv)
  const benches = choices(positionals, BENCHES, "bench")
  return {
    benches,
    n: values.n === undefined ? undefined : wholeNumber("--n", values.n, { min: 1, max: MEMBERS_MAX }),
    runs: wholeNumber("--runs", values.runs, { min: 1, max: RUNS_MAX }),
    against: choices(lists(values.against), PEERS, "peer"),
    seed: values.seed === undefined ? freshSeed : wholeNumber("--seed", values.seed, { min: 0, max: SEEDS - 1 }),
    faults: values.fault === undefined ? undefined : choices(lists(values.fault), faultsOf(benches), "fault"),
    paths: choices(lists(values.path ?? [...QUERY_PATHS]), QUERY_PATHS, "path"),
    modes: choices(lists(values.mode ?? [...LOCK_MODES]), LOCK_MODES, "mode"),
    clients:
      values.clients === undefined
        ? undefined
        : lists(values.clients).map((text) => wholeNumber("--clients", text, { min: 1, max: CLIENTS_MAX })),
    lossPercent: wholeNumber("--loss", values.loss.replace(/%$/, ""), { min: 0, max: 99 }),
    stalled:
      values.stalled === undefined ? undefined : wholeNumber("--stalled", values.stalled, { min: 1, max: MEMBERS_MAX }),
    pauseMs: duration("--pause", values.pause),
    releaseMs: duration("--release", values.release),
    durationMs: values.duration === undefined ? undefined : duration("--duration", values.duration),
    history: values.history,
    out: values.out,
    json: values.json,
  }
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        n: { type: "string" },
        runs: { type: "string", default: "5" },
        against: { type: "string", multiple: true },
        seed: { type: "string" },
        fault: { type: "string", multiple: true },
        path: { type: "string", multiple: true },
        mode: { type: "string", multiple: true },
        clients: { type: "string", multiple: true },
        loss: { type: "string", default: "20" },
        stalled: { type: "string" },
        pause: { type: "string", default: "3s" },
        release: { type: "string", default: "1s" },
        duration: { type: "string" },
        history: { type: "string" },
        out: { type: "string" },
        json: { type: "boolean", default: false },
      },
    })
  } catch (error) {
    throw new PlanError(error instanceof Error ? error.message : String(error))
  }
}

/** What the benches that are named can do to their servers. */
function faultsOf(benches: readonly BenchName[]): readonly (DetectionFault | FailoverFault)[] {
  return [
    ...(benches.includes("detection") ? DETECTION_FAULTS : []),
    ...(benches.includes("failover") ? FAILOVER_FAULTS : []),
  ]
}

function lists(given: readonly string[] | undefined): string[] {
  return (given ?? []).flatMap((item) => item.split(",")).filter((item) => item !== "")
}

function choices<T extends string>(given: readonly string[], known: readonly T[], what: string): T[] {
  const found = new Set<T>()
  for (const item of given) {
    const choice = known.find((name) => name === item)
    if (choice === undefined) throw new PlanError(`no ${what} ${JSON.stringify(item)}; there is: ${known.join(", ")}`)
    found.add(choice)
  }
  return [...found]
}

function wholeNumber(flag: string, text: string, range: { min: number; max: number }): number {
  const value = Number(text)
  if (/^\d+$/.test(text) && value >= range.min && value <= range.max) return value
  throw new PlanError(`${flag} ${text}: a whole number from ${range.min} to ${range.max} is needed`)
}

const UNIT_MS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 }

function duration(flag: string, text: string): number {
  const found = /^(\d+)(ms|s|m|h)$/.exec(text)
  const ms = found === null ? Number.NaN : Number(found[1]) * (UNIT_MS[found[2] as string] ?? Number.NaN)
  if (ms >= 1 && ms <= 86_400_000) return ms
  throw new PlanError(`${flag} ${text}: a duration such as 200ms, 5s or 10m is needed, at most 24h`)
}
