import type { Addr, NodeId } from "@conclave/base"

/**
 * What an agent and the program that meets others in the DHT for it say to each other. The program is another process:
 * whatever becomes of it, the agent goes on.
 */
export type ToDht =
  /** Meet there from now on; said again, what has changed of it holds, and it is looked for others. */
  {
    readonly kind: "meet"
    /** `host:port` of nodes that are always there. */
    readonly bootstrap: readonly string[]
    readonly secrets: readonly MeetingSecrets[]
    readonly self: Introduction
    /** Where this agent listens on this host, by UDP and TCP. */
    readonly agent: { readonly host: string; readonly port: number }
  }

export type FromDht =
  /** The table was asked. */
  | {
      readonly kind: "looked"
      /** Nodes of the table that have answered. */
      readonly nodes: number
      /** Announcements of others of late, and how many of them could not be reached. */
      readonly announced: number
      readonly unreached: number
      /** The NAT in front of this host gives each destination another port. */
      readonly isRandomized: boolean
    }
  | { readonly kind: "met"; readonly peer: Met }
  /** The way to it is gone. */
  | { readonly kind: "parted"; readonly peer: Met }

/** Derived from one join secret, 32 bytes each in hexadecimal. */
export interface MeetingSecrets {
  /** Under which agents announce themselves: the nodes of the table see it. */
  readonly topic: string
  /** Shown, by a hash of it, before an agent says who it is. */
  readonly proof: string
}

/** Who one is, and the address that it advertises. */
export interface Introduction {
  readonly id: NodeId
  readonly addr: Addr
}

export interface Met extends Introduction {
  /** A loopback address, by UDP and TCP: what goes there comes to the other agent. */
  readonly via: Addr
}
