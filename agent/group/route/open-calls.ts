import type { Addr } from "@conclave/base"
import type { Call, CallLinks, CallOutcome } from "../../streams/call-links.ts"

interface OpenCall {
  readonly to: Addr
  /** False = it has left. */
  takeBack: () => boolean
  readonly done: (outcome: CallOutcome) => void
}

/** Calls that were not answered yet, so that nobody waits for those who are known not to answer. */
export class OpenCalls {
  readonly #links: CallLinks
  readonly #open: Set<OpenCall> = new Set()

  constructor(links: CallLinks) {
    this.#links = links
  }

  call(to: Addr, call: Call, done: (outcome: CallOutcome) => void): void {
    const open: OpenCall = {
      to,
      takeBack: () => false,
      done: (outcome) => {
        if (this.#open.delete(open)) done(outcome)
      },
    }
    this.#open.add(open)
    open.takeBack = this.#links.call(to, call, open.done)
  }

  /** Each call to whoever is there ends now; a late answer counts for nothing. */
  giveUpOn(addr: Addr): void {
    for (const { to, done, takeBack } of [...this.#open]) {
      if (to === addr) done({ kind: takeBack() ? "unsent" : "lost" })
    }
  }

  /** No call is told how it ended any more. */
  stop(): void {
    this.#open.clear()
  }
}
