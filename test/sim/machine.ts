import type { Addr, NodeId } from "@conclave/base"
import type { Traffic } from "conclave/ports"
import type { LocalSocket } from "./apps/local-socket.ts"
import type { SimProcess } from "./process.ts"
import type { SimDisk } from "./sim-disk.ts"
import type { SimFiles } from "./sim-files.ts"

/** A datagram that an `io` stall holds back. */
export interface Held {
  readonly peer: number
  readonly bytes: Uint8Array
}

/** Counters of one machine's socket since it was made. */
export interface MachineTraffic {
  sentPackets: number
  sentBytes: number
  receivedPackets: number
  receivedBytes: number
  sendErrors: number
}

export function noTraffic(): MachineTraffic {
  return { sentPackets: 0, sentBytes: 0, receivedPackets: 0, receivedBytes: 0, sendErrors: 0 }
}

export function trafficOf(counted: MachineTraffic): Traffic {
  return {
    sentPackets: counted.sentPackets,
    sentBytes: counted.sentBytes,
    receivedPackets: counted.receivedPackets,
    receivedBytes: counted.receivedBytes,
  }
}

/** A host of the virtual fleet: an address, a disk, and at most one agent process. */
export interface Machine {
  readonly index: number
  readonly id: NodeId
  /** Whose key its agent shows: its own, unless its data directory is a copy of another's. */
  key: NodeId
  readonly name: string
  readonly addr: Addr
  readonly disk: SimDisk
  /** The directory of the log. */
  files: SimFiles
  traffic: MachineTraffic
  /** False after a power cut: nothing answers, not even with a refusal. */
  powered: boolean
  process: SimProcess | undefined
  /** While defined, datagrams are held both ways (research: stall mode A). */
  held: { readonly outgoing: Held[]; readonly incoming: Held[] } | undefined
  wallOffsetMs: number
  sleptUs: number
  /** How much faster than true time its clocks go, in millionths. */
  readonly clockPpm: number
  /** Where applications find the agent. */
  readonly socket: LocalSocket
  /** Where operators do. */
  readonly admin: LocalSocket
  /** Those that ever ran here and can be found, by pid. */
  readonly applications: Map<number, SimProcess>
}
