import { FrameReader, frame } from "@conclave/base"
import type { ToDht } from "conclave/node/discovery/dht-words"
import type { Connection } from "./connection.ts"
import { Hello, type Introduction } from "./hello.ts"
import { FRAME_BYTES_MAX } from "./mux.ts"
import { type Place, Tunnel } from "./tunnel.ts"

/** Who has not shown by then that it belongs is sent away. */
const HELLO_MS = 10_000

/** One connection with somebody who is announced under the same topic: a stranger until it has shown more. */
export class Encounter {
  readonly #connection: Connection
  readonly #hello: Hello
  readonly #agent: Place
  readonly #onMet: (who: Introduction, via: Place) => void
  readonly #timer: NodeJS.Timeout
  #tunnel: Tunnel | undefined

  constructor(
    connection: Connection,
    { secrets, self, agent }: Pick<ToDht, "secrets" | "self" | "agent">,
    onMet: (who: Introduction, via: Place) => void,
  ) {
    this.#connection = connection
    this.#agent = agent
    this.#onMet = onMet
    this.#hello = new Hello({
      isInitiator: connection.isInitiator,
      session: connection.handshakeHash,
      secrets: secrets.map(({ proof }) => Buffer.from(proof, "hex")),
      self,
    })
    this.#timer = setTimeout(() => this.end(), HELLO_MS)
    // "close" follows, and tells all that counts.
    connection.on("error", () => {})
    connection.on("close", () => clearTimeout(this.#timer))
    this.#say(this.#hello.first())
    void this.#listen()
      .catch(() => {})
      .finally(() => this.end())
  }

  end(): void {
    this.#connection.destroy()
  }

  /** One frame after the other: what follows the hello waits until there is a tunnel. */
  async #listen(): Promise<void> {
    const reader = new FrameReader(FRAME_BYTES_MAX)
    for await (const chunk of this.#connection) {
      const said = reader.push(chunk)
      if (said === "oversize") return
      for (const each of said) if (!(await this.#take(each))) return
    }
  }

  async #take(said: Uint8Array): Promise<boolean> {
    if (this.#tunnel !== undefined) return this.#tunnel.take(said)
    const step = this.#hello.take(said)
    if (step.kind === "stranger") return false
    this.#say(step.say)
    if (step.kind === "met") {
      clearTimeout(this.#timer)
      const tunnel = await Tunnel.open(this.#connection, this.#agent)
      // It may have ended meanwhile, which is told once: nobody would close the tunnel any more.
      if (this.#connection.destroyed) {
        tunnel.close()
        return false
      }
      this.#tunnel = tunnel
      this.#onMet(step.other, tunnel.via)
    }
    return true
  }

  #say(bytes: Uint8Array | undefined): void {
    if (bytes !== undefined) this.#connection.write(frame(bytes))
  }
}
