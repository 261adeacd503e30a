import type { Core } from "./core.ts"
import { isMember } from "./group.ts"
import type { ReplicaId } from "./ids.ts"
import { isUpToDate } from "./log.ts"
import type { Group, LogPosition } from "./types.ts"

/** What one of the fellows said of the group, and where that stands in its log. */
interface Told {
  readonly at: LogPosition
  readonly group: Group
}

/**
 * Whom a replica believes. Raft takes whatever is of a later term (§5.1) from anybody who can speak, since a group of
 * which a log does not know yet may have chosen it (thesis §4.1); so anybody could end a reign, a replica or a state.
 * Here those count whom our own log names, from the group that is committed for certain on; whoever leads our term, as
 * long as it lasts; and whom one of them names whose group is newer than our log. For that a replica that hears no
 * leader asks those it knows, and a leader gives nobody a vote of whom those that vote do not know (`Leader`).
 *
 * A newcomer, of whom no group in its log knows, believes everybody: it counts in no quorum, and whom to let through
 * to it is for the driver to say.
 */
export class Fellows {
  readonly #core: Core
  #told: Told | undefined

  constructor(core: Core) {
    this.#core = core
  }

  has(id: ReplicaId): boolean {
    const { log, commit, leader } = this.#core
    if (id === leader || log.names(id, commit)) return true
    const { group } = this.#ahead ?? {}
    return (group !== undefined && isMember(group, id)) || this.isNewcomer
  }

  get isNewcomer(): boolean {
    const { log, commit, id } = this.#core
    return !log.names(id, commit)
  }

  /** By the word of a fellow; that of whomever a newcomer believes would outlast its being one. */
  told({ at, group }: Told): void {
    const isNews = this.#told === undefined || isUpToDate(at, this.#told.at)
    if (isNews && !this.isNewcomer) this.#told = { at, group }
  }

  /** Whoever may know of a leader: the other voters, as our log has them and as we were told. */
  get voters(): readonly ReplicaId[] {
    const { otherVoters, id } = this.#core
    const { group } = this.#ahead ?? {}
    if (group === undefined) return otherVoters
    return [...new Set([...otherVoters, ...group.voters, ...group.outgoing])].filter((each) => each !== id)
  }

  /** What our log reaches by now it names itself. */
  get #ahead(): Told | undefined {
    const told = this.#told
    return told === undefined || isUpToDate(this.#core.log.lastPosition, told.at) ? undefined : told
  }
}
