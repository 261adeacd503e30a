import type { Duplex } from "node:stream"

/** A Noise session over a hole through the NATs in between, as the library has it. */
export interface Connection extends Duplex {
  readonly isInitiator: boolean
  /** Of this session alone, the same at both ends. */
  readonly handshakeHash: Uint8Array
  readonly remotePublicKey: Uint8Array
  /** A datagram beside the stream, dropped where it does not go out at once; it arrives as a "message". */
  trySend(bytes: Uint8Array): void
  on(event: "message", listener: (bytes: Uint8Array) => void): this
  on(event: string, listener: (...args: never[]) => void): this
}
