import type { Machine } from "@conclave/consensus"
import type { Feed } from "conclave/api/feed"
import { Line } from "conclave/api/line"
import type { StateView } from "conclave/coordination/cluster"
import type { LocalSession } from "conclave/coordination/local-session"
import type { WatchScope } from "conclave/coordination/watch/scope"
import { type ScopeOf, watchScopes } from "conclave/coordination/watch/scopes"
import { StateWatch } from "conclave/coordination/watch/state-watch"
import { DeskStage } from "../desk-stage.ts"

/** Of a hold, a member, an entry or an item what a test reads. */
export interface AnyItem {
  readonly name?: string
  readonly id?: string
  readonly key?: string
  readonly item?: string
  readonly value?: unknown
  readonly token?: string
  readonly total?: { readonly holders: number; readonly waiters: number }
  readonly holders: readonly { readonly token: string; readonly app: string | null; readonly note: string | null }[]
  readonly waiters: readonly { readonly position: number; readonly app: string | null }[]
}

interface AnyChange {
  readonly type: string
  readonly item: AnyItem
  readonly reason?: string
  readonly rev?: string
}

/** What a test reads of a line, whatever it is about. */
export interface AnyLine {
  readonly type: string
  readonly rev: string
  readonly items?: readonly AnyItem[]
  readonly changes?: readonly AnyChange[]
  readonly more?: boolean
  readonly reset?: boolean
}

/** Watches of the real state machine. */
export class WatchStage extends DeskStage {
  /** What this host's state is, where it is not the cluster's. */
  behind: Machine | undefined
  /** An entry is at work. */
  isBusy: boolean = false
  readonly scopeOf: (...of: Parameters<ScopeOf>) => WatchScope = (...of) => watchScopes(this.time)(...of) as WatchScope
  readonly watches: StateWatch = new StateWatch({ clock: this.clock, local: () => this.local() })
  readonly session: LocalSession = this.open().session

  constructor() {
    super()
    this.cluster.listen({
      changed: (rev, changes, state) => this.watches.changed(rev, changes, state),
      replaced: () => this.watches.replaced(),
    })
  }

  local(): StateView | undefined {
    return this.isBusy ? undefined : (this.behind ?? this.cluster.machine)
  }

  watch(
    more: {
      readonly kind?: string
      readonly by?: "holder"
      readonly name?: string
      readonly prefix?: string
      readonly from?: number
      readonly seen?: { readonly rev: number }
    } = {},
    onReadable: () => void = () => {},
  ): Feed {
    const { kind = "lock", by, name, prefix, from, seen = { rev: 0 } } = more
    const scope = this.scopeOf(kind, by)
    const asked = { scope, filter: { kind: `${kind} ${by}`, name, prefix }, from, seen }
    return this.watches.watch(asked, (go) => go(undefined), onReadable)
  }

  put(key: string, value: unknown = 1): number {
    const text = JSON.stringify(value)
    this.cluster.apply({ kind: "kvPut", request: undefined, key, value: text, ifRev: undefined, guard: undefined })
    return this.cluster.machine.rev
  }

  remove(key: string): number {
    this.cluster.apply({ kind: "kvDelete", request: undefined, key, ifRev: undefined, guard: undefined })
    return this.cluster.machine.rev
  }
}

/** What a feed has to say now; of a line that tells of several revisions one for each. */
export function linesOf(feed: Feed): AnyLine[] {
  const lines: AnyLine[] = []
  for (let line = feed.take(); line !== undefined; line = feed.take()) lines.push(...byRevision(parsed(line)))
  return lines
}

function byRevision(line: AnyLine): AnyLine[] {
  const revs = [...new Set((line.changes ?? []).map(({ rev = line.rev }) => rev))]
  if (revs.length < 2) return [line]
  return revs.map((rev) => {
    const changes = line.changes?.filter((each) => (each.rev ?? line.rev) === rev).map(({ rev: _, ...each }) => each)
    return { ...line, rev, ...(changes === undefined ? {} : { changes }) }
  })
}

export function parsed(line: object): AnyLine {
  if (!(line instanceof Line)) throw new Error("a line of a watch is written out")
  return JSON.parse(line.text)
}
