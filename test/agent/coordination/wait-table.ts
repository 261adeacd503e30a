import { type Acquire, type Command, type Hold, NO_TERMS, type SessionId, type Token } from "@conclave/consensus"
import { cycleOf } from "conclave/coordination/wait-cycle"
import { FakeClock } from "../fake-clock.ts"
import { clockOf } from "../fake-links.ts"
import { memberId } from "../fake-view.ts"
import { LoneCluster } from "./lone-cluster.ts"

/** Sessions by one letter or a few, and their requests, numbered by what comes. */
export class WaitTable {
  readonly cluster: LoneCluster = new LoneCluster(clockOf(new FakeClock()))
  #seq = 0

  constructor(letters: Iterable<string>) {
    for (const letter of letters) this.cluster.apply(open(letter))
  }

  sem(letter: string, name: string, limit: number, weight = 1): string[] | undefined {
    return this.lock(letter, name, { hold: "semaphore", limit, weight })
  }

  /** What one waits for under a name, the first of it. */
  waitOf(letter: string, name: string): Hold {
    const holds = this.cluster.machine.holdsOf(idOf(letter))
    return holds.find(({ names, token }) => token === undefined && names.includes(name)) as Hold
  }

  /** Whether one holds a name or waits for it. */
  asks(letter: string, name: string): boolean {
    return this.cluster.machine.holdsOf(idOf(letter)).some(({ names }) => names.includes(name))
  }

  appOf({ session }: Hold): string {
    return this.cluster.machine.session(session)?.app ?? ""
  }

  free(letter: string, name: string): void {
    const holds = this.cluster.machine.holdsOf(idOf(letter))
    this.#release(letter, holds.find(({ names }) => names.includes(name))?.token as Token)
  }

  #release(letter: string, token: Token): void {
    this.cluster.apply({ kind: "release", session: idOf(letter), seq: ++this.#seq, floor: 0, token })
  }

  /** The cycle that this request closes, as `a waits for y` from the one who asks. */
  lock(letter: string, names: string, more: Partial<Acquire> = {}): string[] | undefined {
    const seq = ++this.#seq
    this.cluster.apply({ ...BARE, session: idOf(letter), seq, names: names.split(","), ...more })
    const { machine } = this.cluster
    const hold = machine.hold(idOf(letter), seq)
    return hold && cycleOf(machine, hold, () => true)?.map(({ session, name }) => `${session.app} waits for ${name}`)
  }

  /**
   * Everybody gives back what they hold but who waits for something else, until nothing moves any more: how many still
   * wait.
   */
  waitingAtLast(letters: string): number {
    const holds = (letter: string) => this.cluster.machine.holdsOf(idOf(letter))
    for (let isMoving = true; isMoving; ) {
      isMoving = false
      for (const letter of letters) {
        const waits = holds(letter).filter(({ token }) => token === undefined)
        const isKept = (held: Hold): boolean =>
          waits.some((wait) => held.names.some((name) => wait.kind !== held.kind || !wait.names.includes(name)))
        const back = holds(letter).find((hold) => hold.token !== undefined && !isKept(hold))
        if (back === undefined) continue
        this.#release(letter, back.token as Token)
        isMoving = true
      }
    }
    return [...letters].flatMap((letter) => holds(letter).filter(({ token }) => token === undefined)).length
  }

  stop(): void {
    this.cluster.stop()
  }
}

const BARE: Acquire = {
  ...{ kind: "acquire", session: "" as SessionId, seq: 0, floor: 0, hold: "lock", names: [], mode: "exclusive" },
  ...{
    priority: 0,
    waitMs: undefined,
    maxHoldMs: undefined,
    lockDelayMs: 0,
    ...NO_TERMS,
    note: undefined,
    value: undefined,
  },
}

function idOf(letter: string): SessionId {
  return `${letter.repeat(25).slice(0, 25)}a` as SessionId
}

function open(letter: string): Command {
  return {
    ...{ kind: "open", session: idOf(letter), secretHash: new Uint8Array(32), host: memberId(letter), boot: 1 },
    ...{ attachment: 1, ttlMs: 300_000, liveness: "heartbeat", member: letter, app: letter, pid: undefined },
  }
}
