import { Random } from "@conclave/base"
import type { Mode, Profile } from "@conclave/swim"
import { drawApps, drawStopsAtLeaves, drawsApps } from "./apps-plan.ts"
import { chosen, scaled } from "./draws.ts"
import { COUNTS } from "./load.ts"
import {
  BYTE_FAULTS,
  FAULT_KINDS,
  type Fault,
  type FaultKind,
  type GroupPlan,
  type Plan,
  type SealSteps,
  type Targets,
} from "./plan.ts"

export interface PlanWishes {
  readonly seed: number
  /** Drawn from the seed when undefined. */
  readonly agents?: number | undefined
  /** How long faults go on. */
  readonly seconds?: number | undefined
  readonly faults: readonly FaultKind[]
  readonly mode?: Mode
  readonly profile?: Profile
  /** A group that agrees is founded. */
  readonly group?: boolean
  /** Of a group: applications live on its hosts; drawn from the seed when undefined. */
  readonly apps?: boolean | undefined
  /** Five faults at least, whatever the style of the run. */
  readonly isDense?: boolean
}

export const SECONDS_DEFAULT = 60
/** Faults begin once the fleet has had time to find itself. */
const BOOT_MS = 2000
const FIRST_FAULT_MS = 10_000
const CALM_MS: Readonly<Record<Profile, number>> = { local: 120_000, lan: 120_000, wan: 360_000 }
/**
 * A leader of a `lan` looks for half a minute before it changes anything, and trusts no process that is younger than a
 * minute.
 */
const GROUP_CALM_MS: Readonly<Record<Profile, number>> = { local: 120_000, lan: 300_000, wan: 600_000 }
const GROUP_SHARE = 3
const GROUP_AGENTS_MAX = 9
const GROUP_LABEL = 0x67726f75
const SEAL_LABEL = 0x7365616c
const SEAL_STEPS: readonly SealSteps[] = [
  ["require", "require"],
  ["accept", "send"],
  ["send", "require"],
]
const RESTORES_LABEL = 0x72657374
const IMPOSTOR_LABEL = 0x696d706f
const REMOVAL_LABEL = 0x72656d6f
const TOGETHER_LABEL = 0x746f6765
const TOGETHER_SHARE = 8
const POWER_LABEL = 0x706f7765
const POWER_AFTER_MS = 3000
/** In one group of so many a backup is taken and brought back. */
const RESTORES_SHARE = 5
const IMPOSTORS_SHARE = 3
const REMOVALS_SHARE = 4
/** Three must be left to vote. */
const REMOVAL_AGENTS_MIN = 4
/** A run with applications goes on for two minutes and more, with what follows on the faults. */
const APPS_SECONDS = 105
const GRACE_MS = 30_000
/** What must be known in time, or excuses nobody: judged only where nothing else happens. */
const SPARSE_KINDS: readonly FaultKind[] = ["kill", "kill", "power", "power", "freeze", "suspend", "restart"]
/** After these an agent may know nobody, through no fault of its own. */
const FORGETTING: ReadonlySet<Fault["kind"]> = new Set(["leave", "disk", "slowdisk", "wipe"])
const SPARSE_SPACING_MS = 24_000
const DENSE_SPACING_MS = 15_000
/** A run has at most one fault in so many milliseconds of each enabled kind. */
const SPACING_MS = 12_000

interface Draw {
  readonly random: Random
  readonly agents: number
  readonly atMs: number
  /** The time that is left for it. */
  readonly leftMs: number
}

/**
 * Makes a plan from a seed, as swarm testing does it: each kind of fault is on in half of the runs,
 * since runs without a kind find what its presence hides. One run in three has a single fault now and then, one in
 * twenty none.
 */
export function makePlan(wishes: PlanWishes): Plan {
  if (wishes.group !== true) {
    // Nothing but a log is lost that its owner cannot ask others for.
    return makeFleetPlan({ ...wishes, faults: wishes.faults.filter((kind) => kind !== "wipe") })
  }
  const random = new Random((wishes.seed ^ GROUP_LABEL) >>> 0)
  const agents = wishes.agents ?? 3 + random.below(7)
  const profile = wishes.profile ?? (random.chance(1, 3) ? "lan" : "local")
  const hasApps = wishes.apps ?? drawsApps(wishes.seed)
  const seconds = wishes.seconds ?? (hasApps ? APPS_SECONDS : undefined)
  const plan = makeFleetPlan({ ...wishes, agents, profile, seconds })
  const isCalm = wishes.faults.length === 0
  const group = {
    ...drawGroup(random, agents),
    ...(isCalm ? {} : drawRestores(wishes.seed)),
    ...drawImpostor(wishes.seed),
    ...drawRemoval(wishes.seed, agents),
    ...drawTogether(wishes.seed, agents),
  }
  if (!hasApps) return { ...plan, calmMs: GROUP_CALM_MS[profile], group }
  const { apps, faults } = drawApps({ seed: wishes.seed, agents, activeMs: plan.activeMs })
  // A run that was cut short, or in which nothing happens, need not come to much.
  const leastOps = isCalm || wishes.seconds !== undefined ? 0 : COUNTS.ops
  const all = isCalm
    ? []
    : [...plan.faults, ...faults, ...drawStopsAtLeaves(wishes.seed, apps, plan.faults)].sort((a, b) => a.atMs - b.atMs)
  return {
    ...plan,
    calmMs: GROUP_CALM_MS[profile],
    group: { ...group, clients: group.clients >> 1, leastOps, apps },
    faults: all,
  }
}

/** One seed in three founds a group; larger fleets show nothing more of it. */
export function drawsGroup(seed: number, agents: number | undefined): boolean {
  if (agents !== undefined && (agents < 3 || agents > GROUP_AGENTS_MAX)) return false
  return new Random((seed ^ GROUP_LABEL) >>> 0).child(1).chance(1, GROUP_SHARE)
}

/** It is no fault: also where nothing else happens nobody may notice. */
function drawImpostor(seed: number): Pick<GroupPlan, "impostorMs"> {
  const random = new Random((seed ^ IMPOSTOR_LABEL) >>> 0)
  return random.chance(1, IMPOSTORS_SHARE) ? { impostorMs: scaled(random, 1000, 8000) } : {}
}

/** Where nothing goes wrong nobody is suspected, and nobody removed. */
function drawRemoval(seed: number, agents: number): Pick<GroupPlan, "removeMs"> {
  const random = new Random((seed ^ REMOVAL_LABEL) >>> 0)
  const isDrawn = agents >= REMOVAL_AGENTS_MIN && random.chance(1, REMOVALS_SHARE)
  return isDrawn ? { removeMs: scaled(random, 200, 20_000) } : {}
}

/** Drawn apart, so that what else is drawn does not depend on it. */
function drawRestores(seed: number): Pick<GroupPlan, "restoreMs"> {
  const random = new Random((seed ^ RESTORES_LABEL) >>> 0)
  return random.chance(1, RESTORES_SHARE) ? { restoreMs: scaled(random, 8000, 40_000) } : {}
}

/** More than half of them, so that there are never two clusters, whoever sees whom. */
function drawTogether(seed: number, agents: number): Pick<GroupPlan, "together"> {
  const random = new Random((seed ^ TOGETHER_LABEL) >>> 0)
  return random.chance(1, TOGETHER_SHARE) ? { together: (agents >> 1) + 1 } : {}
}

function drawGroup(random: Random, agents: number): GroupPlan {
  return {
    founder: random.below(agents),
    snapshotBytes: random.pick([1, 2000, 1024 * 1024]),
    keepEntries: random.pick([0, 10, 5000]),
    clients: 1 + random.below(8),
    names: 1 + random.below(4),
    strikePermille: random.pick([0, 0, 300, 1000]),
  }
}

function makeFleetPlan(wishes: PlanWishes): Plan {
  const random = new Random(wishes.seed)
  const agents = wishes.agents ?? drawAgents(random)
  const profile = wishes.profile ?? drawProfile(random)
  const activeMs = Math.round((wishes.seconds ?? SECONDS_DEFAULT) * 1000)
  const drawn = drawPlan(wishes, random, agents, activeMs)
  const faults = wishes.faults.includes("power") ? withPowerCuts(wishes.seed, drawn, activeMs) : drawn
  return {
    version: 1,
    seed: wishes.seed,
    agents,
    mode: wishes.mode ?? "conclave",
    profile,
    ...drawWire(wishes.seed, faults.some(({ kind }) => BYTE_FAULTS.has(kind)) || random.chance(1, 8)),
    bootMs: BOOT_MS,
    activeMs,
    calmMs: CALM_MS[profile],
    restartGraceMs: random.pick([GRACE_MS, GRACE_MS, 5000]),
    seeds: 1 + random.below(3),
    joinOnce:
      (random.chance(1, 2) || faults.some((fault) => isBlackout(fault, agents))) &&
      !faults.some(({ kind }) => FORGETTING.has(kind)),
    faults,
  }
}

/** Half of what crosses the wire as bytes is sealed. Drawn apart, so that what else is drawn does not depend on it. */
function drawWire(seed: number, codec: boolean): Pick<Plan, "codec" | "seal"> {
  const random = new Random((seed ^ SEAL_LABEL) >>> 0)
  return codec && random.chance(1, 2) ? { codec, seal: random.pick(SEAL_STEPS) } : { codec }
}

/** Some whose process is killed lose their power, too, before they are back. */
function withPowerCuts(seed: number, faults: readonly Fault[], activeMs: number): readonly Fault[] {
  const random = new Random((seed ^ POWER_LABEL) >>> 0)
  const cuts = faults.flatMap((fault): readonly Fault[] => {
    if (fault.kind !== "kill" || !random.chance(1, 4)) return []
    const { downMs, agents } = fault
    const afterMs = 1 + random.below(Math.min(POWER_AFTER_MS, downMs ?? POWER_AFTER_MS))
    const back = downMs === undefined ? {} : { downMs: downMs - afterMs }
    return [{ kind: "power", atMs: fault.atMs + afterMs, ...back, agents }]
  })
  return [...faults, ...cuts.filter(({ atMs }) => atMs < activeMs)].sort((a, b) => a.atMs - b.atMs)
}

function drawAgents(random: Random): number {
  return random.chance(1, 10) ? 32 + random.below(65) : 2 + random.below(15)
}

function drawProfile(random: Random): Profile {
  const kind = random.below(12)
  if (kind === 0) return "wan"
  return kind <= 2 ? "local" : "lan"
}

function drawPlan(wishes: PlanWishes, random: Random, agents: number, activeMs: number): readonly Fault[] {
  const { faults: kinds, isDense = false } = wishes
  const style = random.below(20)
  if (style === 0 && !isDense) return []
  if (style <= 6) return drawSparse(wishes, random, agents, activeMs)
  const enabled = FAULT_KINDS.filter((kind) => kinds.includes(kind) && random.chance(1, 2))
  const faults = enabled.flatMap((kind) => drawFaults(kind, random.child(1), agents, activeMs))
  return faults.sort((a, b) => a.atMs - b.atMs)
}

function drawSparse(
  { faults: kinds, isDense = false }: PlanWishes,
  random: Random,
  agents: number,
  activeMs: number,
): readonly Fault[] {
  const sparse = SPARSE_KINDS.filter((kind) => kinds.includes(kind))
  const faults: Fault[] = []
  const spacingMs = isDense ? DENSE_SPACING_MS : SPARSE_SPACING_MS
  for (let startMs = FIRST_FAULT_MS; sparse.length > 0 && startMs < activeMs; startMs += spacingMs) {
    const atMs = startMs + random.below(1000)
    const fault = drawFault(random.pick(sparse), { random, agents, atMs, leftMs: Math.max(1000, activeMs - atMs) })
    faults.push(lasting(fault, random, agents))
  }
  return faults
}

/** Gone for long enough to be known, or paused so shortly that nobody may notice. */
function lasting(fault: Fault, random: Random, members: number): Fault {
  if (fault.kind === "freeze" || fault.kind === "suspend") return { ...fault, durationMs: scaled(random, 100, 3000) }
  if (fault.kind !== "kill" && fault.kind !== "power") return fault
  if (isBlackout(fault, members)) return fault
  const { kind, atMs } = fault
  const agents = random.chance(1, 4) ? fault.agents : fault.agents.slice(0, 1)
  return { kind, atMs, agents, ...(random.chance(1, 2) ? { downMs: 12_000 + random.below(4000) } : {}) }
}

function drawFaults(kind: FaultKind, random: Random, agents: number, activeMs: number): readonly Fault[] {
  const room = activeMs - FIRST_FAULT_MS
  if (room <= 0) return []
  const most = Math.max(1, Math.floor(room / SPACING_MS))
  const count = 1 + random.below(most)
  const faults: Fault[] = []
  for (let index = 0; index < count; index++) {
    const atMs = FIRST_FAULT_MS + random.below(room)
    faults.push(drawFault(kind, { random, agents, atMs, leftMs: activeMs - atMs }))
  }
  return faults
}

function drawFault(kind: FaultKind, draw: Draw): Fault {
  const { random, atMs } = draw
  switch (kind) {
    case "loss":
      return { kind, atMs, durationMs: span(draw, 30_000), permille: scaled(random, 10, 300), ...someEnds(draw) }
    case "duplicate":
      return {
        kind,
        atMs,
        durationMs: span(draw, 30_000),
        permille: scaled(random, 10, 500),
        withinMs: scaled(random, 1, 60_000),
      }
    case "delay": {
      const extraMs = scaled(random, 1, 300)
      return {
        kind,
        atMs,
        durationMs: span(draw, 20_000),
        extraMs,
        jitterMs: random.below(extraMs + 1),
        ...someEnds(draw),
      }
    }
    case "reorder":
      return {
        kind,
        atMs,
        durationMs: span(draw, 30_000),
        permille: scaled(random, 10, 500),
        byMs: scaled(random, 1, 2000),
      }
    case "corrupt":
      return { kind, atMs, durationMs: span(draw, 20_000), permille: scaled(random, 10, 300) }
    case "mtu":
      return { kind, atMs, durationMs: span(draw, 10_000), bytesMax: scaled(random, 100, 1400) }
    case "partition":
      return { kind, atMs, durationMs: scaled(random, 1000, 90_000), sides: sides(draw) }
    case "oneway":
      return {
        kind,
        atMs,
        durationMs: span(draw, 30_000),
        ...twoGroups(draw),
        proto: random.pick(["both", "udp", "tcp"] as const),
      }
    default:
      return drawMemberFault(kind, draw)
  }
}

type PathKind = "loss" | "duplicate" | "delay" | "reorder" | "corrupt" | "mtu" | "partition" | "oneway"

function drawMemberFault(kind: Exclude<FaultKind, PathKind>, draw: Draw): Fault {
  const { random, atMs } = draw
  const agents = some(draw)
  switch (kind) {
    case "freeze":
    case "hold":
    case "suspend":
      return { kind, atMs, durationMs: scaled(random, 20, 30_000), agents }
    case "throttle":
      return { kind, atMs, durationMs: span(draw, 30_000), costUs: scaled(random, 50, 5000), agents }
    case "kill":
    case "power":
      return random.chance(1, 4) ? blackout(kind, draw) : { kind, atMs, ...maybeDown(draw), agents }
    case "torn":
      return { kind, atMs, downMs: scaled(random, 50, 5000), writes: random.below(5), agents }
    case "wipe":
      return { kind, atMs, downMs: scaled(random, 50, 20_000), agents: agents.slice(0, 1) }
    case "restart":
      return { kind, atMs, downMs: scaled(random, 50, GRACE_MS * 2), agents }
    case "leave":
      return { kind, atMs, ...maybeDown(draw), agents: [random.below(draw.agents)] }
    case "reset":
    case "tags":
      return { kind, atMs, agents }
    case "disk":
      return {
        kind,
        atMs,
        durationMs: span(draw, 20_000),
        code: random.pick(["ENOSPC", "EIO", "EROFS"] as const),
        agents,
      }
    case "slowdisk":
      return { kind, atMs, durationMs: span(draw, 20_000), delayMs: scaled(random, 1, 3000), agents }
    case "clock":
      return { kind, atMs, byMs: random.pick([-1, 1]) * scaled(random, 1000, 3e11), agents }
  }
}

/** A length between a tenth and the whole of what is left, at most `mostMs`. */
function span({ random, leftMs }: Draw, mostMs: number): number {
  const most = Math.max(200, Math.min(mostMs, leftMs))
  return Math.round(most / 10) + random.below(Math.round((most * 9) / 10))
}

function maybeDown({ random }: Draw): { readonly downMs?: number } {
  return random.chance(3, 4) ? { downMs: scaled(random, 50, 30_000) } : {}
}

/** Everybody at once: what comes back has nobody to ask but those whom it remembers. */
function blackout(kind: "kill" | "power", { random, agents, atMs }: Draw): Fault {
  const all = Array.from({ length: agents }, (_, index) => index)
  return { kind, atMs, downMs: scaled(random, 50, 30_000), agents: all }
}

function isBlackout(fault: Fault, members: number): boolean {
  if (fault.kind !== "kill" && fault.kind !== "power") return false
  return fault.downMs !== undefined && fault.agents.length === members
}

/** One member in half of the draws, else up to half of them. */
function some({ random, agents }: Draw): Targets {
  const most = Math.max(1, agents >> 1)
  const count = random.chance(1, 2) ? 1 : 1 + random.below(most)
  return chosen(random, agents, count)
}

function someEnds(draw: Draw): { readonly from?: Targets; readonly to?: Targets } {
  const kind = draw.random.below(4)
  if (kind === 1) return { from: some(draw) }
  if (kind === 2) return { to: some(draw) }
  if (kind === 3) return { from: some(draw), to: some(draw) }
  return {}
}

/** Halves, one alone, or any split into two or three. */
function sides({ random, agents }: Draw): readonly Targets[] {
  const order = chosen(random, agents, agents)
  const shuffled = [...order]
  random.shuffle(shuffled)
  const kind = random.below(4)
  if (kind === 0 || agents < 3) return cut(shuffled, [Math.max(1, agents >> 1)])
  if (kind === 1) return cut(shuffled, [1])
  if (kind === 2) return cut(shuffled, [1 + random.below(agents - 1)])
  const first = 1 + random.below(agents - 2)
  return cut(shuffled, [first, first + 1 + random.below(agents - first - 1)])
}

function cut(order: readonly number[], at: readonly number[]): readonly Targets[] {
  const edges = [0, ...at, order.length]
  return edges.slice(1).map((edge, index) => order.slice(edges[index], edge).sort((a, b) => a - b))
}

function twoGroups({ random, agents }: Draw): { readonly from: Targets; readonly to: Targets } {
  const count = 1 + random.below(Math.max(1, agents - 1))
  const group = chosen(random, agents, random.chance(1, 2) ? 1 : count)
  const others = Array.from({ length: agents }, (_, index) => index).filter((index) => !group.includes(index))
  const deaf = random.chance(1, 2)
  return deaf ? { from: others, to: group } : { from: group, to: others }
}
