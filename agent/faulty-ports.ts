import type { Addr } from "@conclave/base"
import type { Datagrams, Links } from "./ports.ts"

export type Direction = "in" | "out"

/**
 * Datagrams and links with a cut in them: traffic with chosen addresses is silenced in chosen directions, as a broken
 * network would. Open links are silenced, not reset; requests across the cut run into their time limit.
 */
export class FaultyPorts {
  readonly datagrams: Datagrams
  readonly links: Links
  #isDropped: (addr: Addr, direction: Direction) => boolean = () => false

  constructor(ports: { readonly datagrams: Datagrams; readonly links: Links }) {
    this.datagrams = this.#cutDatagrams(ports.datagrams)
    this.links = this.#cutLinks(ports.links)
  }

  /** Replaces the rule. */
  set(isDropped: (addr: Addr, direction: Direction) => boolean): void {
    this.#isDropped = isDropped
  }

  /** A stream needs both directions. */
  #isCut(addr: Addr): boolean {
    return this.#isDropped(addr, "in") || this.#isDropped(addr, "out")
  }

  #cutDatagrams(real: Datagrams): Datagrams {
    return {
      ...real,
      send: (to, bytes) => {
        if (!this.#isDropped(to, "out")) real.send(to, bytes)
      },
      onReceive: (handler) => {
        real.onReceive((source, bytes) => {
          if (!this.#isDropped(source, "in")) handler(source, bytes)
        })
      },
    }
  }

  #cutLinks(real: Links): Links {
    return {
      ...real,
      request: (to, body, limitMs, done) => {
        // Sent all the same when only answers are lost: what it asks for happens over there.
        const cut = this.#isCut(to)
        if (this.#isDropped(to, "out")) return real.request(to, body, limitMs, () => done({ ok: false, why: "timeout" }))
        real.request(to, body, limitMs, (result) => done(cut ? { ok: false, why: "timeout" } : result))
      },
      onRequest: (handler) => {
        real.onRequest((source, body, reply) => {
          if (this.#isDropped(source, "in")) return
          handler(source, body, (pages) => {
            if (!this.#isDropped(source, "out")) reply(pages)
          })
        })
      },
      watch: (to, id, on) => {
        const link = real.watch(to, id, (event) => {
          if (!this.#isCut(to)) return on(event)
          // What happens behind a cut is not seen: only that nothing gets through.
          if (event === "up") link.close()
          on("failed")
        })
        return link
      },
    }
  }
}
