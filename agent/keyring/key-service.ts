import type { NodeId } from "@conclave/base"
import { HOW, WHAT } from "../streams/call-kinds.ts"
import type { Dialler, Inbound } from "../streams/stream-server.ts"
import type { Change, Order, OwnKeys, Told } from "./ring.ts"
import { decodeOrder, encodeKeysTold } from "./wire-keyring.ts"

/** Of one agent: who has not heard of so many asks for no more. */
const UNDER_WAY_MAX = 16
const EMPTY = new Uint8Array(0)
const NOT_SEALED: Told = {
  ring: [],
  refusal: "gossip is not sealed there; give it the gossipKeyFile of the others, and start it again",
}

/** A change of this agent's keys: which key, and at whose agent it was asked. */
export interface KeyDeed {
  readonly kind: Change["kind"]
  readonly fingerprint: string
  readonly by: NodeId
}

export interface KeyServiceOptions {
  /** undefined: gossip is not sealed. */
  readonly own: OwnKeys | undefined
  readonly onDone: (deed: KeyDeed) => void
}

/** What this agent does with its keys at the word of an agent, which may be itself. */
export class KeyService {
  readonly #options: KeyServiceOptions

  constructor(options: KeyServiceOptions) {
    this.#options = options
  }

  /** Calls back once. */
  carryOut(order: Order, by: NodeId, done: (told: Told) => void): void {
    const { own, onDone } = this.#options
    if (own === undefined) return done(NOT_SEALED)
    switch (order.kind) {
      case "show":
        return done({ ring: own.ring() })
      case "give": {
        const { fingerprint } = order
        const secret = own.secretOf(fingerprint)
        const refusal = secret === undefined ? `it does not have key ${fingerprint}` : undefined
        return done({ ring: own.ring(), refusal, secret })
      }
      default:
        return own.change(order, (refusal, hasChanged) => {
          const fingerprint = order.kind === "install" ? own.fingerprintOf(order.secret) : order.fingerprint
          if (hasChanged) onDone({ kind: order.kind, fingerprint, by })
          done({ ring: own.ring(), refusal })
        })
    }
  }

  /** Takes the orders of another agent that has shown who it is, and the join secret with it: under TLS, that is. */
  readonly accept = ({ peer, send }: Dialler): Inbound | string => {
    if (peer === undefined) return "of keys it is spoken under TLS alone"
    let underWay = 0
    return {
      onFrame: (frame) => {
        if (frame.kind !== "call") return
        const { number, what, body } = frame
        const order = what === WHAT.keys ? decodeOrder(body) : undefined
        if (order === undefined) return void send({ kind: "answer", number, how: HOW.notProposed, body: EMPTY })
        if (underWay >= UNDER_WAY_MAX) return void send({ kind: "answer", number, how: HOW.overloaded, body: EMPTY })
        underWay++
        this.carryOut(order, peer, (told) => {
          underWay--
          send({ kind: "answer", number, how: HOW.keys, body: encodeKeysTold(told) })
        })
      },
      onEnd: () => {},
    }
  }
}
