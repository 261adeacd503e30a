import type { Socket } from "node:net"
import type { NodeId } from "@conclave/base"

/** Why a connection that was accepted is not listened to. */
export type AcceptRefusal =
  /** Too many handshakes in this moment. */
  | "busy"
  /** It comes in the clear, where TLS is required. */
  | "open"
  /** No TLS handshake came of it. */
  | "handshake"
  /** It has not shown that it has the join secret, and the key that it claims. */
  | "unproven"

/** Why one that was dialled is not spoken on. */
export type EnterRefusal =
  /** It was broken off: who did that may have too much to do, or be gone. */
  | "reset"
  /** It does not speak TLS, or broke the handshake off. */
  | "noTls"
  /** It ended when this agent had shown its join secret. */
  | "notAdmitted"
  /** Another member than the one that was meant. */
  | "refused"
  /** It has no key such as a member has, or has not shown that it has the join secret. */
  | "protocol"

/** What a connection is dialled for. */
export interface Errand {
  /** Who should be there; undefined = whoever it is. */
  readonly meant: NodeId | undefined
  /** Said at once, since each way there and back counts: it may be heard by whoever stands there. */
  readonly opening: Uint8Array
}

export interface Passage<Refusal> {
  /** `peer` is who the other end has shown to be; undefined: nobody was asked. What it has sent by now comes first. */
  readonly through: (stream: Socket, peer: NodeId | undefined) => void
  /** The connection is of no more use. */
  readonly refused: (why: Refusal) => void
}

/** Where a connection that was accepted comes from. */
export interface Caller {
  /** What its pace is counted by. */
  readonly place: string
  /** A living member has its address there. */
  readonly isMember: boolean
}

export interface Admittance extends Passage<AcceptRefusal> {
  /** It says at once what an agent says, and is worth a handshake. */
  readonly shaking: () => void
}

/** What stands between a connection and its use. */
export interface LinkDoor {
  /** Of one that was accepted: nothing is told of one that ends by itself. */
  readonly accept: (socket: Socket, from: Caller, on: Admittance) => void
  /** Of one that was dialled. Tells once. */
  readonly enter: (socket: Socket, errand: Errand, on: Passage<EnterRefusal>) => void
}

/** Streams of a cluster that is open: everybody comes through. */
export const OPEN_DOOR: LinkDoor = {
  accept: (socket, _from, on) => on.through(socket, undefined),
  enter: (socket, { opening }, on) => {
    socket.write(opening)
    on.through(socket, undefined)
  },
}
