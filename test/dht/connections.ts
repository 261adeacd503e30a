import { Duplex } from "node:stream"
import type { Connection } from "@conclave/dht/connection"

class Half extends Duplex implements Connection {
  readonly isInitiator: boolean
  readonly handshakeHash: Uint8Array
  readonly remotePublicKey: Uint8Array = Uint8Array.of(0)
  other: Half | undefined

  constructor(isInitiator: boolean, session: number) {
    super()
    this.isInitiator = isInitiator
    this.handshakeHash = Uint8Array.of(session)
    this.on("error", () => {})
    this.on("close", () => this.other?.destroy())
  }

  trySend(bytes: Uint8Array): void {
    setImmediate(() => this.other?.emit("message", bytes))
  }

  override _read(): void {}

  override _write(bytes: Uint8Array, _encoding: string, done: () => void): void {
    setImmediate(() => {
      if (this.other?.destroyed === false) this.other.push(Buffer.from(bytes))
      done()
    })
  }
}

/** The two ends of a connection such as the library makes, in memory: the initiator's comes first. */
export function connections(session = 1): readonly [Connection, Connection] {
  const [one, other] = [new Half(true, session), new Half(false, session)]
  one.other = other
  other.other = one
  return [one, other]
}
