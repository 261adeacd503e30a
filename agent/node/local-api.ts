import type { Coordination } from "../api/coordination.ts"
import type { KeyringControl } from "../api/keyring-control.ts"
import type { RaftControl } from "../api/raft-control.ts"
import type { AgentView } from "../api/view.ts"
import type { AgentConfig } from "../config/agent-config.ts"
import type { Journal } from "../journal.ts"
import type { Clock } from "../ports.ts"
import { type MemberQuery, WatchHub } from "../watch-hub.ts"
import { WatchSlots } from "../watch-slots.ts"
import type { HttpExtras } from "./http/http-exchange.ts"
import { type LocalListener, openLocalListener } from "./local-listener.ts"
import { localSockets } from "./local-sockets.ts"
import type { Metrics } from "./metrics.ts"
import type { Patience } from "./patience.ts"

/** The sockets of an agent. */
export interface LocalApi {
  /** Tells framed clients that the agent goes and that they should come back. */
  readonly goaway: (reason: string, deadlineMs: number) => void
  readonly close: () => Promise<void>
}

export interface LocalApiOptions {
  readonly view: AgentView
  readonly coordination: Coordination
  readonly raft: RaftControl
  readonly keyring: KeyringControl
  readonly clock: Clock
  readonly config: Pick<AgentConfig, "socket" | "adminSocket" | "sockets">
  readonly metrics: Pick<Metrics, "contentType" | "text">
  readonly backups: HttpExtras["backups"]
  /** Written since before the first member was seen. */
  readonly journal: Journal
  readonly patience?: Patience
}

/** Opens all sockets, the applications' own last. Throws an `Error` that says what is wrong and what to do. */
export async function openLocalApi(options: LocalApiOptions): Promise<LocalApi> {
  const { view, coordination, raft, keyring, clock, config, metrics, backups, journal, patience } = options
  const hub = new WatchHub(view, clock)
  const feeds = {
    members: (query: MemberQuery, onReadable: () => void) => hub.watch(query, onReadable),
    events: (query: Parameters<Journal["read"]>[0], onReadable: () => void) => journal.read(query, onReadable),
  }
  const shared = {
    context: { view, feeds, coordination, raft, keyring },
    extras: { metrics, backups },
    slots: new WatchSlots(),
    clock,
    ...(patience === undefined ? {} : { patience }),
  }
  const listeners: LocalListener[] = []
  try {
    for (const each of localSockets(config)) listeners.push(await openLocalListener({ ...shared, ...each }))
  } catch (cause) {
    await Promise.all(listeners.map((listener) => listener.close()))
    throw cause
  }
  return {
    goaway: (reason, deadlineMs) => {
      for (const listener of listeners) listener.goaway(reason, deadlineMs)
    },
    close: async () => {
      await Promise.all(listeners.map((listener) => listener.close()))
      hub.close()
      journal.close()
    },
  }
}
