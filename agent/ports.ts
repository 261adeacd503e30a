import type { Addr, Millis, NodeId } from "@conclave/base"
import type { LinkEvent } from "@conclave/swim"
import type { LogStore } from "./log-store.ts"
import type { Secret } from "./secret.ts"

/**
 * The agent's view of an operating system. `agent/node` implements it with Node, `test/sim` with a virtual
 * world; both answer by callback, never by a promise, so that a whole cluster can run in one synchronous loop.
 */
export interface Ports {
  readonly clock: Clock
  readonly datagrams: Datagrams
  readonly links: Links
  readonly disk: Disk
  /** The log of this host's replica, where it has one. */
  readonly store: LogStore
  readonly names: Names
  readonly log: Log
  readonly processes: Processes
  readonly secrets: Secrets
  /** A fresh 32-bit seed from the operating system's entropy (the simulator: from its own seed). */
  readonly seed: () => number
}

export interface Clock {
  /** Monotonic; every deadline lives here. */
  readonly now: () => Millis
  /** Wall clock, for people only. */
  readonly wallMs: () => number
  /** Monotonic and counting while the machine is suspended. */
  readonly bootMs: () => number
  /** Calls back once, not before `at`. Setting it again replaces it. One alarm a handle. */
  readonly alarm: (ring: () => void) => Alarm
  /** Calls back after the input that is already waiting has been read (one turn of the event loop). */
  readonly afterTurn: (done: () => void) => void
  /**
   * The same between two slices of work that builds up much and keeps it, as an install does: what a slice has made is
   * collected by itself, before so much has come together that the collector stops everything for longer than a slice.
   */
  readonly afterSlice: (done: () => void) => void
}

export interface Alarm {
  readonly set: (at: Millis) => void
  readonly clear: () => void
}

/** UDP. Never throws for a bad peer; a failed send is a counter. Sources and targets are numeric. */
export interface Datagrams {
  readonly send: (to: Addr, bytes: Uint8Array) => void
  readonly onReceive: (handler: (source: Addr, bytes: Uint8Array) => void) => void
  /** Datagrams received since the start: quiescence is when it stands still for a turn. */
  readonly received: () => number
  /** Datagrams that the kernel dropped for want of room, as far as it can be read. */
  readonly kernelDrops: () => number
  /** Sends that failed here (queue full, EPERM, ENETUNREACH, …). */
  readonly sendErrors: () => number
  /** Bytes and packets sent and received since the start. */
  readonly traffic: () => Traffic
}

export interface Traffic {
  readonly sentPackets: number
  readonly sentBytes: number
  readonly receivedPackets: number
  readonly receivedBytes: number
}

/** Why a request had no reply; the last three are the peer's own word. */
export type RequestFailure =
  | "refused"
  | "timeout"
  | "reset"
  | "unreachable"
  | "protocol"
  /** It does not speak TLS, or broke the handshake off. */
  | "noTls"
  /** It ended when this agent had shown its join secret. */
  | "notAdmitted"
  | "otherCluster"
  | "otherVersion"
  | "removed"

export type RequestResult =
  | { readonly ok: true; readonly pages: readonly Uint8Array[] }
  | { readonly ok: false; readonly why: RequestFailure }

/** TCP streams between agents on the agent's one port. */
export interface Links {
  /** One request, one reply in pages, then the stream closes. `done` is called exactly once. */
  readonly request: (to: Addr, body: Uint8Array, limitMs: number, done: (result: RequestResult) => void) => void
  /**
   * Answers requests. `source` is the address that the peer advertises (it opens each stream with it). `reply` may be
   * called later, at most once.
   */
  readonly onRequest: (
    handler: (source: Addr, body: Uint8Array, reply: (pages: readonly Uint8Array[]) => void) => void,
  ) => void
  /**
   * Holds an idle connection to the member `id` at `to` and tells what becomes of it.
   * `refused` = connection refused, or another member answers there; after any event but `up` it is over.
   */
  readonly watch: (to: Addr, id: string, on: (event: LinkEvent) => void) => WatchLink
  /**
   * Opens a channel to whoever listens at `to`; what is sent before it is up waits within the bound. `meant`: who must
   * show to be there, in a cluster where anybody is asked.
   */
  readonly dial: (to: Addr, on: (event: ChannelEvent) => void, meant?: NodeId) => Channel
  /** Takes channels that others dial; each is up already. */
  readonly onDial: (accept: AcceptChannel) => void
  readonly traffic: () => Traffic
}

/**
 * `source` is the address that the dialler advertises, `peer` who it has shown to be; undefined in a cluster where
 * nobody is asked.
 */
export type AcceptChannel = (source: Addr, channel: Channel, peer: NodeId | undefined) => (event: ChannelEvent) => void

/** Frames both ways, in order, until either side ends it: then what was under way is lost. */
export interface Channel {
  /** False = not taken: too much is waiting to be sent, or it is over. */
  readonly send: (body: Uint8Array) => boolean
  /** Bytes that this process still holds for it. */
  readonly waitingBytes: () => number
  /** Ends it at once; nothing is told afterwards. */
  readonly close: () => void
}

/**
 * Why a channel is over. `refused`: nothing listens there; `failed`: it never came up; `down`: it was up, and ended;
 * the last two are the word of who answered.
 */
export type ChannelEnd = "refused" | "failed" | "down" | "otherCluster" | "otherVersion"

export type ChannelEvent =
  | { readonly kind: "up" }
  | { readonly kind: "frame"; readonly body: Uint8Array }
  | { readonly kind: "over"; readonly why: ChannelEnd }

export interface WatchLink {
  readonly close: () => void
}

export type DiskResult = { readonly ok: true } | { readonly ok: false; readonly code: string; readonly message: string }

/**
 * The data directory, flat: names without a slash. Reads are synchronous and happen at start only;
 * writes complete by callback when the bytes are durable, in the order they were asked for.
 */
export interface Disk {
  /** undefined when there is no such file. Throws only what cannot be read at all (EIO, EACCES). */
  readonly read: (name: string) => Uint8Array | undefined
  /** Writes a new file beside it, syncs, renames, syncs the directory. */
  readonly replace: (name: string, bytes: Uint8Array, done: (result: DiskResult) => void) => void
  /** Appends and syncs. After a failure the file's end is unknown: the caller replaces it. */
  readonly append: (name: string, bytes: Uint8Array, done: (result: DiskResult) => void) => void
}

export type LogLevel = "debug" | "info" | "warn" | "error"

/** Turns what people write (`host`, `host:port`, `[v6]:port`) into numeric addresses. */
export interface Names {
  /** Calls back once; an empty list comes with the reason. */
  readonly resolve: (hostPort: string, done: (addrs: readonly Addr[], problem: string) => void) => void
}

/** `event` is the stable key; `message` is for people. */
export interface Log {
  readonly write: (level: LogLevel, event: string, message: string, fields?: Readonly<Record<string, unknown>>) => void
}

/** A process as it sees itself: its pid and its start time (field 22 of `/proc/self/stat`, proc(5)). */
export interface ProcessClaim {
  readonly pid: number
  readonly startTime: number
}

/** One process, or one process group, that was found beyond doubt. */
export interface FoundProcess {
  /** Calls back once: true only if it is provably gone; a zombie none of whose threads lives is gone. */
  readonly isGone: (done: (isGone: boolean) => void) => void
}

/** The processes that this agent can see. */
export interface Processes {
  /**
   * Calls back with the one process that has the claimed pid as the innermost number of its `NSpid` line and the
   * claimed start time; undefined where there is none, or more than one: then its end can never be proven.
   */
  readonly find: (claim: ProcessClaim, done: (found: FoundProcess | undefined) => void) => void
  /** The same for the group whose leader has that pid, in the same pid namespace as the process of `near`. */
  readonly findGroup: (group: number, near: ProcessClaim, done: (found: FoundProcess | undefined) => void) => void
}

/** What makes and checks the secrets of sessions. */
export interface Secrets {
  /** 16 random bytes in base32 as an id, 26 characters; 32 random bytes likewise as a secret. */
  readonly session: () => { readonly id: string; readonly secret: string }
  /** SHA-256. */
  readonly hash: (secret: string) => Uint8Array
}

/** What seals datagrams. */
export interface Ciphers {
  /** HKDF with SHA-256 (RFC 5869): `length` bytes that tell nothing of the secret. */
  readonly derive: (secret: Secret, salt: Uint8Array, info: string, length: number) => Uint8Array
  readonly cipher: (key: Uint8Array) => Cipher
  /** From the operating system's entropy. */
  readonly random: (length: number) => Uint8Array
}

/**
 * AES-256-GCM with one key (NIST SP 800-38D) over a packet: what stands before `bodyAt` stays as it is and is
 * authenticated, the rest is encrypted up to the last 16 bytes, which are the tag.
 */
export interface Cipher {
  /** In place. No nonce, below 2⁴⁸, is ever used twice with one key. */
  readonly seal: (packet: Uint8Array, bodyAt: number, nonce: number) => void
  /** The body, or undefined where one bit of the packet is not as it was sealed. */
  readonly open: (packet: Uint8Array, bodyAt: number, nonce: number) => Uint8Array | undefined
}
