import { type Command, encodeCommand, type Token } from "@conclave/consensus"
import { type FilledState, hostId, poolName } from "./fill.ts"

/** Commands of the mixture, of twenty: what a busy fleet writes. */
export const MIXTURE =
  "6 kv.put of 128 bytes, 5 acquire, 5 release, 2 update of a member, 1 checkpoint, 1 renewal of 10 hosts"
const OF = 20
const VALUE = JSON.stringify("x".repeat(126))
const KEYS = 5_000
const RENEWED = 10

interface Held {
  readonly session: number
  readonly token: Token
}

/**
 * Writes batches of the mixture, encoded, over a state that is filled; the locks of one batch are given back by the
 * next.
 */
export class Mixture {
  readonly #state: FilledState
  #held: Held[] = []
  #count = 0

  constructor(state: FilledState) {
    this.#state = state
  }

  /** The next commands, a multiple of twenty, and who asks for a lock by which of them. */
  next(commands: number): { readonly data: readonly Uint8Array[]; readonly askers: ReadonlyMap<number, number> } {
    const data: Uint8Array[] = []
    const askers = new Map<number, number>()
    for (let round = 0; round < commands / OF; round++) {
      for (let at = 0; at < OF; at++) {
        const session = this.#count++ % this.#state.size.sessions
        const command = this.#command(at, session)
        if (command === undefined) continue
        if (command.kind === "acquire") askers.set(data.length, session)
        data.push(encodeCommand(command))
      }
    }
    return { data, askers }
  }

  /** What a batch was granted is given back by the next one. */
  granted(session: number, token: Token): void {
    this.#held.push({ session, token })
  }

  #command(at: number, session: number): Command | undefined {
    const state = this.#state
    if (at < 6) {
      const key = `config/${(this.#count * 7) % KEYS}`
      return { kind: "kvPut", request: state.request(session), key, value: VALUE, ifRev: undefined, guard: undefined }
    }
    if (at < 11) return state.acquire(session, "lock", `short/${this.#count % KEYS}`)
    if (at < 16) return this.#release()
    if (at < 18) return this.#update(session)
    if (at < 19) return this.#checkpoint()
    const items = Array.from({ length: RENEWED }, (_, index) => ({
      host: hostId((this.#count + index) % state.size.hosts),
      boot: 1,
      attempt: this.#count,
    }))
    return { kind: "renewHosts", items }
  }

  #release(): Command | undefined {
    const held = this.#held.shift()
    return held === undefined ? undefined : { kind: "release", ...this.#state.request(held.session), token: held.token }
  }

  #update(session: number): Command | undefined {
    const state = this.#state
    const hold = state.machine.holdsOf(state.session(session)).find(({ kind }) => kind === "group")
    if (hold?.token === undefined) return undefined
    const value = JSON.stringify({ addr: `10.0.0.${session % 250}:8080`, load: this.#count })
    return { kind: "update", ...state.request(session), token: hold.token, note: undefined, value, ready: undefined }
  }

  /** Of any item, by the worker that has it. */
  #checkpoint(): Command | undefined {
    const { machine, size } = this.#state
    const at = this.#count % size.items
    const [pool, name] = [poolName(at % size.pools), `item/${at}`]
    const owner = machine.item(pool, name)?.owner
    if (owner === undefined) return undefined
    const request = this.#state.request(this.#state.indexOf(owner.session))
    const value = JSON.stringify({ offset: this.#count })
    return { kind: "workCheckpoint", request, pool, item: name, token: owner.token, value }
  }
}
