import type { Addr, NodeId } from "@conclave/base"
import type { ReplicaId } from "@conclave/consensus"
import type { RunningReplica } from "../replica/running-replica.ts"
import type { Departed } from "../replica/seat-planner.ts"
import { CallLinks } from "../streams/call-links.ts"
import type { Dialler, Inbound } from "../streams/stream-server.ts"
import type { Outward } from "./mirror/relay-feed.ts"
import { CallDoor, type CallDoorOptions } from "./route/call-door.ts"
import { CallService, type CallServiceOptions } from "./route/call-service.ts"
import { Detour } from "./route/detour.ts"
import { LeaderRoute, type LeaderRouteOptions } from "./route/leader-route.ts"
import { WayToLeader } from "./route/way-to-leader.ts"
import { WishRoute, type WishWays } from "./route/wish-route.ts"
import { SEAT_WISHES, type SeatTold } from "./seat-wishes.ts"

export interface ReachOptions extends Outward, Pick<CallDoorOptions, "local" | "read"> {
  readonly electionMs: number
  readonly running: () => RunningReplica | undefined
  /** Where a replica is, or was last. */
  readonly addrOf: (replica: ReplicaId) => Addr | undefined
  readonly canSpare: LeaderRouteOptions["canSpare"]
  /** Asked of a host that leads. */
  readonly depart: (agent: NodeId, untilMs: number, done: (departed: Departed) => void) => void
}

/** How this host comes to whoever leads, and what it sends there for itself and for others. */
export class Reach {
  readonly #running: ReachOptions["running"]
  readonly #addrOf: ReachOptions["addrOf"]
  readonly #calls: CallLinks
  readonly detour: Detour
  readonly route: LeaderRoute
  /** Wishes to give up a seat. */
  readonly seats: WishRoute<NodeId, SeatTold>
  /** For wishes of other kinds. */
  readonly ways: WishWays
  readonly #service: CallService
  #serveGroup: CallServiceOptions["serveOther"] = () => false
  /** The last leader that this host's replica knew. */
  #followed: ReplicaId | undefined

  constructor({ electionMs, running, addrOf, canSpare, depart, local, read, ...outward }: ReachOptions) {
    const { clock, relays } = outward
    this.#running = running
    this.#addrOf = addrOf
    const leaderAddr = (): Addr | undefined => {
      const leader = running()?.raft.leader
      return leader === undefined ? undefined : addrOf(leader)
    }
    this.#calls = new CallLinks(outward)
    this.detour = new Detour({ clock, electionMs, running, leaderAddr, relays })
    const way = new WayToLeader({ running, leaderAddr, relays, detour: this.detour })
    this.ways = { clock, calls: this.#calls, way }
    this.seats = new WishRoute({ ...this.ways, kind: SEAT_WISHES, perform: depart })
    this.route = new LeaderRoute({ clock, calls: this.#calls, way, running, canSpare })
    this.#service = new CallService({
      clock,
      way,
      running,
      route: this.route,
      door: new CallDoor({ hasSeat: (host) => running()?.replicaOf(host) !== undefined, local, read }),
      serveOther: (what, body, call) => this.seats.serve(what, body, call) || this.#serveGroup(what, body, call),
    })
  }

  /** Who leads may have changed: what waits for a leader goes to this one, and what waits at the one before, too. */
  look(): void {
    const leader = this.#running()?.raft.leader
    // From here on it counts how long nobody leads.
    this.detour.look()
    if (leader === undefined) return
    const former = this.#followed
    this.#followed = leader
    const addr = former === undefined || former === leader ? undefined : this.#addrOf(former)
    if (addr !== undefined) this.route.giveUpOn(addr)
    this.route.wake()
  }

  /** Serves the calls of one agent. */
  serve(dialler: Dialler): Inbound {
    return this.#service.serve(dialler)
  }

  /** Calls of other agents that are about the group itself are answered by this. */
  serveGroup(serve: CallServiceOptions["serveOther"]): void {
    this.#serveGroup = serve
  }

  stop(): void {
    this.route.stop()
    this.#calls.close()
    // What was on its way for it has ended, and is not asked again.
    this.seats.stop()
  }
}
