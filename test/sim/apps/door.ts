import type { ApiContext } from "conclave/api/ops"
import { ADMIN, APPLICATION, type Principal } from "conclave/api/principal"
import type { Cluster } from "conclave/coordination/cluster"
import { Coordinator } from "conclave/coordination/coordinator"
import { type FrameOptions, FrameSession } from "conclave/frames/frame-session"
import { GroupControl } from "conclave/group/group-control"
import type { Host } from "conclave/host"
import { Journal } from "conclave/journal"
import { NO_KEYRING } from "conclave/keyring/keyring"
import type { Ports } from "conclave/ports"
import { WatchHub } from "conclave/watch-hub"
import { WatchSlots } from "conclave/watch-slots"
import { frameWire } from "./frame-wire.ts"
import type { SocketEnd } from "./local-socket.ts"

const GOAWAY_MS = 10_000
/** As of the product's own doors. */
const PATIENCE = { helloMs: 5000, frameMs: 10_000, lingerMs: 1000, farewellMs: 1000 }

/** What an agent serves to the applications of its host, as the daemon puts it together. */
export class Door {
  readonly #options: Omit<FrameOptions, "principal">
  readonly drain: Coordinator["drain"]
  readonly farewell: Coordinator["farewell"]
  readonly #sessions: Set<FrameSession> = new Set()

  constructor(
    host: Host,
    ports: Ports,
    parts: { readonly cluster: Cluster; readonly name: string; readonly ttlMs: number },
  ) {
    const { clock, secrets, processes } = ports
    const { cluster, name, ttlMs } = parts
    const hub = new WatchHub(host, clock)
    const journal = new Journal(host)
    const coordination = new Coordinator({
      cluster,
      clock,
      secrets,
      processes,
      member: () => name,
      ttlMs,
      audit: () => {},
      tell: (note) => journal.add(note),
    })
    this.drain = coordination.drain
    this.farewell = coordination.farewell
    const context: ApiContext = {
      view: host,
      feeds: {
        members: (query, onReadable) => hub.watch(query, onReadable),
        events: (query, onReadable) => journal.read(query, onReadable),
      },
      coordination,
      raft: new GroupControl({ consensus: host.consensus, view: host, clock }),
      keyring: NO_KEYRING,
    }
    this.#options = { context, slots: new WatchSlots(), clock, patience: PATIENCE }
  }

  accept(end: SocketEnd, door: Principal["door"]): void {
    const principal = door === "admin" ? ADMIN : APPLICATION
    const wire = frameWire(end, {
      received: (bytes) => session.received(bytes),
      drained: () => session.drained(),
      closed: () => session.closed(),
    })
    const session: FrameSession = new FrameSession(wire, { ...this.#options, principal }, () =>
      this.#sessions.delete(session),
    )
    this.#sessions.add(session)
    session.start(new Uint8Array())
  }

  /** As the daemon does before it says good-bye to the others. */
  goaway(reason: string): void {
    for (const session of this.#sessions) session.goaway(reason, GOAWAY_MS)
  }

  end(): void {
    for (const session of [...this.#sessions]) session.end()
  }
}
