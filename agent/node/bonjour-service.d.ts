/**
 * What is used of the library. Its own types hide `server`, whose errors somebody must listen for, and say `any` of
 * what came from the network.
 */
declare module "bonjour-service" {
  export interface Service {
    /** What its text says: whatever somebody on the network wrote. */
    readonly txt?: unknown
  }

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

  export class Bonjour {
    readonly server: { readonly mdns: { on(event: "error", listener: (cause: Error) => void): unknown } }
    /** `onError`: an answer could not be sent. */
    constructor(options: object, onError: (cause: Error) => void)
    publish(publication: Publication): unknown
    /** Asks once, and tells each service that answers. */
    find(type: ServiceType, onUp: (service: Service) => void): { stop(): void }
    /** Says good-bye. */
    unpublishAll(done: () => void): void
    destroy(): void
  }
}
