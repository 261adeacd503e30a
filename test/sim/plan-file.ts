import {
  APP_FAULT_KINDS,
  type AppsPlan,
  FAULT_KINDS,
  type Fault,
  type GroupPlan,
  type Plan,
  type SealSteps,
  type WorkPlan,
} from "./plan.ts"

const SEAL_MODES = ["accept", "send", "require"] as const
const AGENTS_MAX = 16_384
const FAULTS_MAX = 10_000
const DAY_MS = 86_400_000
const BYTES_MAX = 2 ** 30
const ENTRIES_MAX = 100_000
const CLIENTS_MAX = 1000
/** Streams of one connection. */
const WATCHES_MAX = 64
/** What clocks may drift, one against another, is 1 %. */
const PPM_MAX = 5000

/** A plan that cannot be run, with the reason. */
export class PlanError extends Error {
  override name = "PlanError"
}

/** Reads a plan from JSON text; throws `PlanError` with the first thing that is wrong. */
export function parsePlan(text: string): Plan {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    throw new PlanError(`the plan is not JSON: ${error instanceof Error ? error.message : String(error)}`)
  }
  const plan = object(value, "plan")
  want(plan["version"] === 1, "plan.version must be 1")
  const agents = whole(plan["agents"], "plan.agents", 1, AGENTS_MAX)
  const faults = plan["faults"]
  want(Array.isArray(faults) && faults.length <= FAULTS_MAX, `plan.faults must be a list of at most ${FAULTS_MAX}`)
  return {
    version: 1,
    seed: whole(plan["seed"], "plan.seed", 0, 2 ** 32 - 1),
    agents,
    mode: oneOf(plan["mode"], "plan.mode", ["swim", "lifeguard", "conclave"] as const),
    profile: oneOf(plan["profile"], "plan.profile", ["local", "lan", "wan"] as const),
    codec: plan["codec"] === true,
    ...("seal" in plan ? { seal: sealSteps(plan["seal"]) } : {}),
    bootMs: whole(plan["bootMs"], "plan.bootMs", 0, DAY_MS),
    activeMs: whole(plan["activeMs"], "plan.activeMs", 0, DAY_MS),
    calmMs: whole(plan["calmMs"], "plan.calmMs", 0, DAY_MS),
    restartGraceMs: whole(plan["restartGraceMs"], "plan.restartGraceMs", 0, DAY_MS),
    ...("seeds" in plan ? { seeds: whole(plan["seeds"], "plan.seeds", 1, AGENTS_MAX) } : {}),
    ...("joinOnce" in plan ? { joinOnce: plan["joinOnce"] === true } : {}),
    ...("group" in plan ? { group: parseGroup(plan["group"], agents) } : {}),
    faults: (faults as unknown[]).map((fault, index) => parseFault(fault, `plan.faults[${index}]`, agents)),
  }
}

function sealSteps(value: unknown): SealSteps {
  const [even, odd] = list(value, "plan.seal").map((mode) => oneOf(mode, "plan.seal", SEAL_MODES))
  want(even !== undefined && odd !== undefined, "plan.seal must name two modes")
  return [even, odd]
}

function parseGroup(value: unknown, agents: number): GroupPlan {
  const group = object(value, "plan.group")
  const count = (key: string, most: number): number => whole(group[key], `plan.group.${key}`, 0, most)
  return {
    founder: count("founder", agents - 1),
    snapshotBytes: count("snapshotBytes", BYTES_MAX),
    keepEntries: count("keepEntries", ENTRIES_MAX),
    clients: count("clients", CLIENTS_MAX),
    names: whole(group["names"], "plan.group.names", 1, CLIENTS_MAX),
    strikePermille: count("strikePermille", 1000),
    ...("together" in group ? { together: whole(group["together"], "plan.group.together", 1, agents) } : {}),
    ...("actMs" in group ? { actMs: whole(group["actMs"], "plan.group.actMs", 1, DAY_MS) } : {}),
    ...("leastOps" in group ? { leastOps: count("leastOps", BYTES_MAX) } : {}),
    ...("impostorMs" in group ? { impostorMs: whole(group["impostorMs"], "plan.group.impostorMs", 1, DAY_MS) } : {}),
    ...("removeMs" in group ? { removeMs: whole(group["removeMs"], "plan.group.removeMs", 1, DAY_MS) } : {}),
    ...("restoreMs" in group ? { restoreMs: whole(group["restoreMs"], "plan.group.restoreMs", 1, DAY_MS) } : {}),
    ...("apps" in group ? { apps: parseApps(group["apps"]) } : {}),
  }
}

function parseApps(value: unknown): AppsPlan {
  const apps = object(value, "plan.group.apps")
  const count = (key: string, most: number, least = 0): number => {
    return whole(apps[key], `plan.group.apps.${key}`, least, most)
  }
  const ppm = list(apps["clockPpm"], "plan.group.apps.clockPpm")
  return {
    count: count("count", CLIENTS_MAX),
    locks: count("locks", CLIENTS_MAX, 2),
    elections: count("elections", CLIENTS_MAX),
    provablePermille: count("provablePermille", 1000),
    actMs: count("actMs", DAY_MS, 1),
    holdMs: count("holdMs", DAY_MS, 1),
    duplicatePermille: count("duplicatePermille", 1000),
    replyStrikePermille: count("replyStrikePermille", 1000),
    ...(apps["revokeMs"] === undefined ? {} : { revokeMs: count("revokeMs", DAY_MS, 1) }),
    ...("keys" in apps ? { keys: count("keys", CLIENTS_MAX) } : {}),
    ...("watches" in apps ? { watches: count("watches", WATCHES_MAX) } : {}),
    ...("work" in apps ? { work: parseWork(apps["work"]) } : {}),
    ...("ids" in apps ? { ids: count("ids", CLIENTS_MAX, 1) } : {}),
    ...("parties" in apps ? { parties: count("parties", CLIENTS_MAX, 1) } : {}),
    ...("hasResizes" in apps ? { hasResizes: apps["hasResizes"] === true } : {}),
    ...("isHasty" in apps ? { isHasty: apps["isHasty"] === true } : {}),
    clockPpm: ppm.map((each) => number(each, "plan.group.apps.clockPpm", -PPM_MAX, PPM_MAX)),
  }
}

function parseWork(value: unknown): WorkPlan {
  const at = "plan.group.apps.work"
  const work = object(value, at)
  const count = (key: string, most: number, least = 0): number => whole(work[key], `${at}.${key}`, least, most)
  return {
    partitions: count("partitions", CLIENTS_MAX),
    handoffTimeoutMs: count("handoffTimeoutMs", DAY_MS),
    restartGraceMs: count("restartGraceMs", DAY_MS),
    maxAttempts: count("maxAttempts", CLIENTS_MAX, 1),
    ...("isTuned" in work ? { isTuned: work["isTuned"] === true } : {}),
  }
}

/** One fault a line, so that plans can be compared and cut by hand. */
export function formatPlan(plan: Plan): string {
  const { faults, ...rest } = plan
  const head = JSON.stringify(rest).slice(0, -1)
  const lines = faults.map((fault) => `  ${JSON.stringify(fault)}`).join(",\n")
  return `${head},"faults":[${lines === "" ? "" : `\n${lines}\n`}]}\n`
}

function parseFault(value: unknown, at: string, agents: number): Fault {
  const fault = object(value, at)
  oneOf<Fault["kind"]>(fault["kind"], `${at}.kind`, [...FAULT_KINDS, ...APP_FAULT_KINDS])
  for (const [key, field] of Object.entries(fault)) {
    if (key === "kind") continue
    if (key === "code") oneOf(field, `${at}.code`, ["ENOSPC", "EIO", "EROFS"] as const)
    else if (key === "proto") oneOf(field, `${at}.proto`, ["both", "udp", "tcp"] as const)
    else if (key === "byMs") number(field, `${at}.byMs`, -1e13, 1e13)
    else if (key === "sides") for (const side of list(field, `${at}.sides`)) targets(side, `${at}.sides`, agents)
    else if (key === "apps") targets(field, `${at}.apps`, CLIENTS_MAX)
    else if (key === "agents" || key === "from" || key === "to") targets(field, `${at}.${key}`, agents)
    else number(field, `${at}.${key}`, 0, DAY_MS)
  }
  for (const key of REQUIRED[fault["kind"] as Fault["kind"]]) want(key in fault, `${at}.${key} is missing`)
  return fault as unknown as Fault
}

const SPAN = ["atMs", "durationMs"] as const
const REQUIRED: Readonly<Record<Fault["kind"], readonly string[]>> = {
  loss: [...SPAN, "permille"],
  duplicate: [...SPAN, "permille", "withinMs"],
  delay: [...SPAN, "extraMs", "jitterMs"],
  reorder: [...SPAN, "permille", "byMs"],
  corrupt: [...SPAN, "permille"],
  mtu: [...SPAN, "bytesMax"],
  partition: [...SPAN, "sides"],
  oneway: [...SPAN, "from", "to", "proto"],
  freeze: [...SPAN, "agents"],
  hold: [...SPAN, "agents"],
  suspend: [...SPAN, "agents"],
  throttle: [...SPAN, "agents", "costUs"],
  kill: ["atMs", "agents"],
  power: ["atMs", "agents"],
  torn: ["atMs", "agents", "downMs", "writes"],
  wipe: ["atMs", "agents", "downMs"],
  restart: ["atMs", "agents", "downMs"],
  leave: ["atMs", "agents"],
  reset: ["atMs", "agents"],
  disk: [...SPAN, "agents", "code"],
  slowdisk: [...SPAN, "agents", "delayMs"],
  clock: ["atMs", "agents", "byMs"],
  tags: ["atMs", "agents"],
  "app-kill": ["atMs", "apps"],
  "app-stop": [...SPAN, "apps"],
  "app-wedge": [...SPAN, "apps"],
}

function want(holds: boolean, message: string): asserts holds {
  if (!holds) throw new PlanError(message)
}

function object(value: unknown, at: string): Record<string, unknown> {
  want(typeof value === "object" && value !== null && !Array.isArray(value), `${at} must be an object`)
  return value as Record<string, unknown>
}

function list(value: unknown, at: string): readonly unknown[] {
  want(Array.isArray(value), `${at} must be a list`)
  return value
}

function number(value: unknown, at: string, least: number, most: number): number {
  const ok = typeof value === "number" && value >= least && value <= most
  want(ok, `${at} must be a number from ${least} to ${most}`)
  return value as number
}

function whole(value: unknown, at: string, least: number, most: number): number {
  want(Number.isInteger(value), `${at} must be a whole number`)
  return number(value, at, least, most)
}

function oneOf<T extends string>(value: unknown, at: string, allowed: readonly T[]): T {
  want(allowed.includes(value as T), `${at} must be one of ${allowed.join(", ")}`)
  return value as T
}

function targets(value: unknown, at: string, agents: number): void {
  for (const index of list(value, at)) whole(index, at, 0, agents - 1)
}
