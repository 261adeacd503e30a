import { type CommandResult, type Entry, type Group, isJoint } from "@conclave/consensus"
import type { DiskTruth } from "./disk-truth.ts"
import type { Impostor } from "./impostor.ts"
import type { Keeper } from "./keeper.ts"
import type { RaftChecks } from "./raft-checks.ts"
import type { Remover } from "./remover.ts"
import type { Requests } from "./requests.ts"
import type { Shadow } from "./shadow.ts"

/** Situations of the group that agrees. */
export const GROUP_SITUATIONS = [
  "group-founded",
  "three-vote",
  "leader-changed",
  "leader-changed-under-held-locks",
  "leader-gone-refused",
  "leader-gone-silent",
  "joint-group-interrupted",
  "voter-replaced",
  "ended-replica-returned",
  "snapshot-installed",
  "log-cut",
  "log-came-back",
  "more-came-back-than-was-said",
  "replica-lost",
  "granted-after-waiting",
  "answered-again",
  "cancelled",
  "cancel-met-a-grant",
  "session-expired",
  "host-braked",
  "state-saved",
  "state-restored",
  "impostor-refused",
  "impostor-unheard",
  "host-removed",
  "host-removed-while-it-ran",
  "removed-host-told",
  "restored-under-held-locks",
  "command-refused",
  "command-relayed",
  "command-unknown",
  "command-not-proposed",
] as const

export type GroupMark = (typeof GROUP_SITUATIONS)[number]

interface Parts {
  readonly disks: DiskTruth
  readonly shadow: Shadow
  readonly raft: RaftChecks
  readonly requests: Requests
  readonly keeper: Keeper | undefined
  readonly impostor: Impostor | undefined
  readonly remover: Remover | undefined
}

/** Notes which situations the group of a run came into. */
export class GroupMarks {
  readonly reached: Set<GroupMark> = new Set()
  readonly #parts: Parts
  #voters: readonly string[] = []

  constructor(parts: Parts) {
    this.#parts = parts
  }

  committed({ group }: Entry): void {
    for (const host of this.#parts.shadow.machine.hosts()) if (host.isBraked) this.reached.add("host-braked")
    if (group !== undefined) this.#regrouped(group)
  }

  answered(command: string, result: CommandResult): void {
    if (command !== "cancel" || result.kind !== "ended") return
    this.reached.add(result.how === "released" ? "cancel-met-a-grant" : "cancelled")
  }

  /** An agent would log this line. */
  logged(event: string, { how }: Readonly<Record<string, unknown>> = {}): void {
    if (event !== "raft.leader-gone") return
    this.reached.add(how === "silent" ? "leader-gone-silent" : "leader-gone-refused")
  }

  /** A replica leads a term that nobody has led. */
  reigns(): void {
    if (this.#parts.raft.seen.elections < 2) return
    this.reached.add("leader-changed")
    const { machine } = this.#parts.shadow
    const isHeld = machine.names("lock", "").some((name) => machine.name("lock", name).holders.length > 0)
    if (isHeld) this.reached.add("leader-changed-under-held-locks")
  }

  /** A process ended. */
  ended(): void {
    if (this.#parts.raft.groups().some(isJoint)) this.reached.add("joint-group-interrupted")
  }

  /** What has been counted by others. */
  finish(): readonly GroupMark[] {
    const { disks, shadow, requests, raft, keeper, impostor, remover } = this.#parts
    const counted: readonly (readonly [GroupMark, number])[] = [
      ["group-founded", raft.last],
      ["snapshot-installed", disks.seen.snapshots],
      ["log-cut", disks.seen.cuts],
      ["log-came-back", disks.seen.recovered],
      ["more-came-back-than-was-said", disks.seen.unreported],
      ["replica-lost", disks.seen.lost],
      ["granted-after-waiting", shadow.seen.waited],
      ["answered-again", shadow.seen.repeats],
      ["session-expired", shadow.seen.expired],
      ["state-saved", keeper?.seen.saved ?? 0],
      ["state-restored", keeper?.seen.restored ?? 0],
      ["impostor-refused", impostor?.seen.refused ?? 0],
      ["impostor-unheard", impostor?.seen.unheard ?? 0],
      ["host-removed", remover?.seen.removed ?? 0],
      ["host-removed-while-it-ran", remover?.seen.living ?? 0],
      ["removed-host-told", remover?.seen.told ?? 0],
      ["restored-under-held-locks", shadow.seen.restored],
      ["command-refused", shadow.seen.refused],
      ["command-relayed", requests.seen.relayed],
      ["command-unknown", requests.seen.unknown],
      ["command-not-proposed", requests.seen.refused],
    ]
    return [...this.reached, ...counted.filter(([, count]) => count > 0).map(([mark]) => mark)]
  }

  #regrouped(group: Group): void {
    if (isJoint(group)) return
    const { voters } = group
    if (voters.length === 3) this.reached.add("three-vote")
    const isSwap = voters.length === this.#voters.length && voters.some((id) => !this.#voters.includes(id))
    if (isSwap) this.reached.add("voter-replaced")
    if (voters.some((id) => this.#parts.disks.isSuccessor(id))) this.reached.add("ended-replica-returned")
    this.#voters = voters
  }
}
