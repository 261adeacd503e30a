import type { Addr, NodeId } from "@conclave/base"
import type { FoundingAnswer, FoundingAsk, FoundingHeard } from "@conclave/consensus"
import type { Clock, Links } from "../../ports.ts"
import { HOW, WHAT } from "../../streams/call-kinds.ts"
import { CallLinks } from "../../streams/call-links.ts"
import type { Hello } from "../../streams/stream-frame.ts"
import type { Dialler, Inbound, StreamServer } from "../../streams/stream-server.ts"
import { decodeAsk, decodeFoundingAnswer, encodeAsk, encodeFoundingAnswer } from "./wire-founding.ts"

/** An answer is on disk before it is given. */
const ANSWER_LIMIT_MS = 5000

export interface FoundingCallsOptions {
  readonly self: NodeId
  readonly links: Pick<Links, "dial">
  readonly clock: Clock
  readonly server: Pick<StreamServer, "serve">
  readonly hello: () => Pick<Hello, "cluster" | "from">
  readonly onAsk: (from: NodeId, ask: FoundingAsk, answer: (answer: FoundingAnswer) => void) => void
}

/** What hosts that found together ask each other, on channels of its own: those of a cluster are for its hosts. */
export class FoundingCalls {
  readonly #options: FoundingCallsOptions
  readonly #calls: CallLinks

  constructor(options: FoundingCallsOptions) {
    this.#options = options
    this.#calls = new CallLinks({ ...options, purpose: "founding" })
    options.server.serve("founding", (dialler) => this.#serve(dialler))
  }

  /** Calls back once, with `nothing` where no answer came that can be understood. */
  ask(to: NodeId, addr: Addr, { ask, done }: { ask: FoundingAsk; done: (heard: FoundingHeard) => void }): void {
    const body = encodeAsk({ to, ask })
    const untilMs = this.#options.clock.now() + ANSWER_LIMIT_MS
    this.#calls.call(addr, { what: WHAT.founding, body, untilMs }, (outcome) => {
      const answer = outcome.kind === "answer" && outcome.how === HOW.founding ? outcome.body : undefined
      done((answer && decodeFoundingAnswer(answer)) ?? { kind: "nothing" })
    })
  }

  /** Nobody needs to be asked any more. */
  hangUp(): void {
    this.#calls.close()
  }

  close(): void {
    this.#options.server.serve("founding", undefined)
    this.#calls.close()
  }

  #serve(dialler: Dialler): Inbound {
    return {
      onFrame: (frame) => {
        const asked = frame.kind === "call" && frame.what === WHAT.founding ? decodeAsk(frame.body) : undefined
        if (frame.kind !== "call" || asked?.to !== this.#options.self) return
        const { number } = frame
        this.#options.onAsk(dialler.hello.from as NodeId, asked.ask, (answer) =>
          dialler.send({ kind: "answer", number, how: HOW.founding, body: encodeFoundingAnswer(answer) }),
        )
      },
      onEnd: () => {},
    }
  }
}
