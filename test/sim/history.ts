import type { Line } from "./check/lines.ts"
import type { Fleet, FleetMember } from "./fleet.ts"
import type { Fault, Plan } from "./plan.ts"
import type { RunWatcher } from "./run.ts"

/** Lines of one history at most; a longer run keeps its beginning and says so at its end. */
const LINES_MAX = 2_000_000

/** Pings have numbers behind those of all that applications do. */
const PINGS_FROM = 1_000_000_000

const NAME_OF: Readonly<Record<string, string>> = {
  freeze: "pause",
  hold: "pause",
  suspend: "pause",
  partition: "cut",
  oneway: "cut",
  power: "kill",
  "app-stop": "pause",
  "app-wedge": "pause",
  "app-kill": "kill-client",
}

/** Writes what happened in one run as JSON lines; times are virtual microseconds as decimal strings. */
export class History {
  readonly #lines: (string | object)[] = []
  #index = 0
  #left = 0
  #counts: Record<string, number> = {}

  begin(plan: Plan): void {
    this.#lines.length = 0
    this.#index = 0
    this.#left = 0
    this.#counts = { inv: 0, ok: 0, fail: 0, info: 0 }
    const nodes = Array.from({ length: plan.agents }, (_, index) => `a${index + 1}`)
    this.#add({ v: 1, k: "header", run: `sim-${plan.seed}`, seed: plan.seed, clock: "virtual-us", nodes })
  }

  readonly watcher: RunWatcher = {
    line: (line) => this.line(line),
    fault: (atUs, fault, phase, fleet) => this.#fault(atUs, fault, phase, fleet),
    member: (atUs, observer, change) => this.#member(atUs, observer, change),
    op: (atUs, ping, phase, agent, on) => {
      const op = PINGS_FROM + ping
      const p = `${agent.machine.name}.${op}`
      const head = { k: phase, i: ++this.#index, t: time(atUs), p, op }
      this.#count(phase)
      if (phase !== "inv") this.#add(phase === "info" ? { ...head, e: "TIMEOUT" } : head)
      else this.#add({ ...head, n: agent.machine.name, f: "member.ping", a: { name: on.machine.name } })
    },
  }

  /** A line of an application, which is what it is at the end. */
  line(line: Line): void {
    const i = ++this.#index
    this.#count(line.k)
    if (this.#lines.length >= LINES_MAX) this.#left++
    else this.#lines.push(new Written(line, i))
  }

  end(atUs: number): void {
    const cut = this.#left === 0 ? {} : { left: this.#left }
    this.#lines.push(`${JSON.stringify({ k: "end", i: ++this.#index, t: time(atUs), ...this.#counts, ...cut })}\n`)
  }

  text(): string {
    return this.#lines.map((line) => (typeof line === "string" ? line : `${JSON.stringify(line)}\n`)).join("")
  }

  #count(kind: string): void {
    const { [kind]: count } = this.#counts
    if (count !== undefined) this.#counts[kind] = count + 1
  }

  #fault(atUs: number, fault: Fault, phase: string, fleet: Fleet): void {
    const names = (targets: readonly number[]): readonly string[] =>
      targets.map((index) => fleet.at(index).machine.name)
    const spec: Record<string, unknown> = { kind: fault.kind }
    if ("agents" in fault) spec["nodes"] = names(fault.agents)
    if ("apps" in fault) spec["procs"] = fault.apps.map((index) => `c${index}`)
    if (fault.kind === "partition") spec["cut"] = fault.sides.map(names)
    if (fault.kind === "oneway") {
      spec["cut"] = [names(fault.from), names(fault.to)]
      spec["oneWay"] = true
    }
    const f = NAME_OF[fault.kind] ?? fault.kind
    this.#add({ k: "fault", i: ++this.#index, t: time(atUs), f, phase, spec })
  }

  #member(atUs: number, observer: FleetMember, change: Parameters<NonNullable<RunWatcher["member"]>>[2]): void {
    const member = change.after ?? change.before
    if (member === undefined) return
    const { generation, incarnation, name } = member.record
    // Generations reach 2⁵²: with the incarnation below it, a version needs more than 53 bits.
    const inc = (BigInt(generation) * 4294967296n + BigInt(incarnation)).toString()
    const state = change.after?.state ?? "gone"
    this.#add({ k: "member", i: ++this.#index, t: time(atUs), obs: observer.machine.name, subj: name, state, inc })
  }

  #add(line: object): void {
    if (this.#lines.length >= LINES_MAX) this.#left++
    else this.#lines.push(`${JSON.stringify(line)}\n`)
  }
}

/** Numbers of 64 bits are text. */
class Written {
  readonly #line: Line
  readonly #i: number

  constructor(line: Line, i: number) {
    this.#line = line
    this.#i = i
  }

  toJSON(): object {
    const { k, ...rest } = this.#line
    return JSON.parse(JSON.stringify({ k, i: this.#i, ...rest }, (key, value: unknown) => asText(key, value)))
  }
}

const LONG: ReadonlySet<string> = new Set(["t", "until", "rev", "index", "term"])

function asText(key: string, value: unknown): unknown {
  if (value instanceof Uint8Array) return Buffer.from(value).toString("hex")
  return typeof value === "number" && LONG.has(key) ? String(value) : value
}

function time(us: number): string {
  return `${us}`
}
