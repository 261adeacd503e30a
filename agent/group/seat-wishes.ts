import { base32, type NodeId, nodeIdBytes } from "@conclave/base"
import { HOW, WHAT } from "../streams/call-kinds.ts"
import type { WishKind, WishOutcome } from "./route/wish-route.ts"

const ID_BYTES = 16
/** In the order of their numbers on the wire. */
const WORDS = ["moved", "none", "needed"] as const

/** `none`: it had none; `needed`: no other host can take it over. */
export type SeatTold = (typeof WORDS)[number]

/** What became of a seat that was to be given up. */
export type SeatGiven = WishOutcome<SeatTold>

/** The wish of an agent to give up its seat. Asked twice it is the same wish. */
export const SEAT_WISHES: WishKind<NodeId, SeatTold> = {
  what: { relayed: WHAT.depart, last: WHAT.departHere },
  how: HOW.departed,
  encode: nodeIdBytes,
  decode: (body) => (body.length === ID_BYTES ? (base32(body) as NodeId) : undefined),
  hostOf: (agent) => agent,
  encodeTold: (told) => Uint8Array.of(WORDS.indexOf(told)),
  decodeTold: ([number = WORDS.length]) => WORDS[number],
  isOnce: () => false,
}
