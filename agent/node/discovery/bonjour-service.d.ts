/**
 * What is used of the library. Its own types hide `server`, whose errors somebody must listen for, and say `any` of
 * what came from the network.
 */
declare module "bonjour-service" {
  import type { Socket } from "node:dgram"

  export interface ServiceType {
    readonly type: string
    readonly protocol: "udp"
  }

  export interface Publication extends ServiceType {
    readonly name: string
    readonly host: string
    readonly port: number
    readonly txt: Readonly<Record<string, string>>
    /** Whether to ask first if somebody has that name. */
    readonly probe: boolean
  }

  /** A record as somebody on the network wrote it. */
  export interface HeardRecord {
    readonly type: string
    readonly name: string
    /** Not all kinds have it. */
    readonly ttl?: number
    readonly data?: unknown
  }

  export interface HeardMessage {
    readonly answers: readonly HeardRecord[]
    readonly additionals: readonly HeardRecord[]
  }

  export interface Query {
    readonly questions: readonly { readonly type: string; readonly name: string }[]
  }

  export interface MulticastDns {
    on(event: "error", listener: (cause: Error) => void): unknown
    on(event: "query", listener: (query: Query) => void): unknown
    on(event: "response", listener: (message: HeardMessage) => void): unknown
    removeAllListeners(event: "query"): unknown
    query(name: string, type: string): void
    /** Called now and then: finds the interfaces of this host. */
    update: () => void
  }

  export class Bonjour {
    readonly server: { readonly mdns: MulticastDns; respondToQuery(query: Query): void }
    /** `onError`: an answer could not be sent. */
    constructor(options: { readonly socket: Socket }, onError: (cause: Error) => void)
    publish(publication: Publication): unknown
    /** Says good-bye. */
    unpublishAll(done: () => void): void
    destroy(): void
  }
}
