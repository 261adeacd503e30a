import type { Millis, Random } from "@conclave/base"
import type { Fleet, FleetMember } from "../fleet.ts"
import type { GroupPlan } from "../plan.ts"
import { bootOf, Client } from "./client.ts"
import type { Requests } from "./requests.ts"

const ACT_MS = 400
const RENEW_MS = 800
const READ_MS = 1500
const LIMIT_MS = 2000

/** Sessions that do things, hosts that renew them, and readers. */
export class Workload {
  readonly #fleet: Fleet
  readonly #requests: Requests
  readonly #random: Random
  readonly #clients: Client[] = []
  readonly #actMs: number
  #attempts = 0
  #isOver = false

  constructor(
    fleet: Fleet,
    requests: Requests,
    {
      random,
      clients,
      names,
      actMs = ACT_MS,
    }: { readonly random: Random } & Pick<GroupPlan, "clients" | "names" | "actMs">,
  ) {
    this.#actMs = actMs
    this.#fleet = fleet
    this.#requests = requests
    this.#random = random
    for (let index = 0; index < clients; index++) {
      const home = fleet.at(random.below(fleet.members.length))
      this.#clients.push(new Client({ fleet, requests, random: random.child(index), names }, home))
    }
  }

  begin(): void {
    for (const client of this.#clients) this.#every(this.#actMs, () => client.act())
    for (const member of this.#fleet.members) this.#every(RENEW_MS, () => this.#renew(member))
    this.#every(READ_MS, () => {
      const agent = this.#requests.anybody()
      if (agent !== undefined) this.#requests.read(agent, LIMIT_MS, () => {})
    })
  }

  /** Nobody asks for anything any more. */
  stop(): void {
    this.#isOver = true
  }

  /** On the average so often. */
  #every(ms: number, act: () => void): void {
    this.#fleet.world.after(this.#random.below(2 * ms * 1000), () => {
      if (this.#isOver) return
      act()
      this.#every(ms, act)
    })
  }

  #renew(member: FleetMember): void {
    const boot = bootOf(member)
    const process = member.machine.process
    const isNeeded = this.#clients.some((client) => client.home === member && client.isOpen)
    if (boot === undefined || process === undefined || !isNeeded) return
    const renewal = { host: member.machine.id, boot, attempt: ++this.#attempts }
    process.task(() => {
      member.host?.consensus?.state.renew(renewal, (process.nowMs + LIMIT_MS) as Millis, () => {})
    })
  }
}
