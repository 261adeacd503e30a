/** What is used of the library, which has no types. */
declare module "hyperswarm" {
  import type { EventEmitter } from "node:events"
  import type { Connection } from "@conclave/dht/connection"

  export interface Topic {
    /** Announces and asks; false, or rejected, where the table could not be asked. */
    refresh(): Promise<boolean>
    destroy(): Promise<void>
  }

  export interface PeerInfo {
    /** Tries since it was reached last. */
    readonly attempts: number
  }

  export default class Hyperswarm extends EventEmitter {
    constructor(options: {
      readonly bootstrap: readonly string[]
      readonly port: number
      readonly maxServerConnections: number
    })
    readonly dht: { readonly randomized: boolean; toArray(): readonly unknown[] }
    /** Whoever is announced or connected, by the key in hexadecimal. */
    readonly peers: ReadonlyMap<string, PeerInfo>
    readonly connections: ReadonlySet<Connection>
    join(topic: Uint8Array): Topic
    /** Until all who were found have been reached, or not. */
    flush(): Promise<unknown>
    /** Takes back what was announced, unless by `force`. */
    destroy(options?: { readonly force: boolean }): Promise<void>
    on(event: "connection", listener: (connection: Connection) => void): this
    on(event: string, listener: (...args: never[]) => void): this
  }
}
