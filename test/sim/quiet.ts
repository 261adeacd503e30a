import type { Fleet } from "./fleet.ts"

/** What an agent may cost a second in a fleet whose views are right; at rest it is 2 probes and their acks. */
const DATAGRAMS_MAX = 20
const REQUESTS_MAX = 3
/** One exchange of rows takes few requests, whatever the size of the fleet. */
const REQUESTS_SLACK = 8

/** Counts what a fleet sends while all views are right: news, exchanges and corrections must come to an end. */
export class Quiet {
  readonly #fleet: Fleet
  #delivered = 0
  #requests = 0

  constructor(fleet: Fleet) {
    this.#fleet = fleet
  }

  begin(): void {
    this.#delivered = this.#fleet.network.counters.delivered
    this.#requests = this.#countRequests()
  }

  /** What was too much since `begin`; undefined in a quiet fleet. */
  noise(seconds: number): string | undefined {
    const agents = this.#fleet.running().length
    const datagrams = this.#fleet.network.counters.delivered - this.#delivered
    const requests = this.#countRequests() - this.#requests
    const said = `in ${seconds} s in which all views were right, ${agents} agents`
    if (datagrams > agents * seconds * DATAGRAMS_MAX) return `${said} got ${datagrams} datagrams`
    if (requests > agents * seconds * REQUESTS_MAX + REQUESTS_SLACK) return `${said} made ${requests} requests`
    return undefined
  }

  #countRequests(): number {
    let requests = 0
    for (const { links } of this.#fleet.members) requests += links?.requests ?? 0
    return requests
  }
}
