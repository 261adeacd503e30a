import type { NodeId } from "@conclave/base"
import type { Member, MemberRecord, Profile, Seat } from "@conclave/swim"
import type { MemberChanged, Warning } from "../api/view.ts"
import type { Log } from "../ports.ts"
import type { FoundingFile } from "../replica/founding-file.ts"
import type { ReplicaLife } from "../replica/replica-life.ts"
import type { StreamServer } from "../streams/stream-server.ts"
import { Bootstrap, type NotFounded } from "./bootstrap.ts"
import { ClusterInquiry } from "./cluster-inquiry.ts"
import { FoundingDriver } from "./founding/founding-driver.ts"
import type { GroupView } from "./group-view.ts"
import type { Outward } from "./mirror/relay-feed.ts"

export interface BelongingOptions extends Outward {
  readonly self: NodeId
  readonly wish: Seat["wish"]
  readonly profile: Profile
  /** How many hosts shall found the cluster together; 0 = this one waits for none. */
  readonly expects: number
  readonly log: Log
  readonly server: StreamServer
  readonly file: FoundingFile
  readonly view: GroupView
  readonly life: () => ReplicaLife
  readonly members: () => readonly Member[]
  /** Hears everybody who is configured or was discovered; calls back with who has this host's name. */
  readonly askConfigured: (done: (nameHolder: MemberRecord | undefined) => void) => void
  /** It waits for others to found with from now on, which they must hear. */
  readonly onReady: () => void
  /** It has a cluster now that others belong to. */
  readonly onAdopted: () => void
}

/**
 * How this host comes to belong to a cluster, which it does once and for good: by hearing of one that is there, by
 * founding one together with others, or alone by an operator's word. Each is refused where another one may yet be true.
 */
export class Belonging {
  readonly #founding: FoundingDriver
  readonly #inquiry: ClusterInquiry
  readonly #bootstrap: Bootstrap

  constructor(options: BelongingOptions) {
    const { life, view, onAdopted } = options
    this.#founding = new FoundingDriver({
      ...options,
      found: (done) => this.#bootstrap.found((refusal) => done(refusal?.why)),
      adopt: (cluster) => life().adopt(cluster),
    })
    this.#inquiry = new ClusterInquiry({
      ...options,
      book: view,
      ask: (member, done) => this.#founding.clusterOf(member, done),
      onHeard: (cluster) => {
        life().adopt(cluster)
        onAdopted()
      },
    })
    this.#bootstrap = new Bootstrap({ ...options, founding: () => this.#founding })
  }

  /** What the last life left of a replica is known. */
  start(): void {
    this.#founding.start()
  }

  stop(): void {
    this.#bootstrap.stop()
    this.#inquiry.stop()
    this.#founding.stop()
  }

  /** It founds nothing together with others any more: to those who have promised, it is gone. */
  renounceFounding(): void {
    this.#founding.stop()
  }

  /** Its replica or its cluster may be another one now. */
  changed(): void {
    this.#founding.changed()
  }

  /** Gossip may say of other clusters what it did not. */
  look(): void {
    this.#inquiry.look()
  }

  memberChanged({ before, after }: Pick<MemberChanged, "before" | "after">): void {
    this.#inquiry.memberChanged(before, after)
    this.#founding.memberChanged()
  }

  /** Makes a cluster of which this host is the only voter, where nothing forbids that. */
  bootstrap(done: (refusal: NotFounded | undefined) => void): void {
    this.#bootstrap.alone(done)
  }

  /** It belongs to no cluster, and is to found one with others, or may have: what they are about to do comes first. */
  get awaitsFounding(): boolean {
    return this.#founding.isPending
  }

  /** With how many together it waits to found a cluster; undefined = it does not. */
  get expects(): number | undefined {
    return this.#founding.waitsFor
  }

  /** A living member that belongs to another cluster. */
  get stranger(): Member | undefined {
    return this.#inquiry.stranger
  }

  get warnings(): readonly Warning[] {
    return [...this.#inquiry.warnings, ...this.#founding.warnings]
  }
}
