import type { Socket } from "node:net"
import {
  type ConnectionOptions,
  connect,
  createSecureContext,
  createServer,
  type Server,
  type TLSSocket,
} from "node:tls"
import type { NodeId } from "@conclave/base"
import type { SealMode } from "../seal-mode.ts"
import { Admission } from "../streams/admission.ts"
import { selfSigned } from "./certificate.ts"
import { type Identity, ownerOf } from "./identity.ts"
import { JOIN_PROOF_BYTES, type JoinProof } from "./join-proof.ts"
import { claimedBy, isKeyShown, KEY_PROOF_BYTES, showKey } from "./key-proof.ts"
import {
  type AcceptRefusal,
  type EnterRefusal,
  type Errand,
  type LinkDoor,
  OPEN_DOOR,
  type Passage,
} from "./link-door.ts"
import { takeBytes } from "./take-bytes.ts"

/** The first byte of a TLS record that begins a handshake (RFC 8446 §5.1). */
const HANDSHAKE = 0x16
const PROTOCOL = "conclave/1"
const EXPORTER = "EXPORTER-conclave-join"
const EXPORTED_BYTES = 32
/** The only one: whoever may choose takes one of 8192 bits, which costs the other end a tenth of a second. */
const GROUP = "X25519"
/** Each costs this agent about a millisecond, and a stranger hardly anything. */
const HANDSHAKES = { all: { perSecond: 200, atOnce: 400 }, one: { perSecond: 100, atOnce: 300 } }

export interface SealedDoorOptions {
  readonly identity: Omit<Identity, "problem">
  /** Asked at each stream, as the mode is: both may change under a running agent. */
  readonly proof: () => JoinProof
  readonly mode: () => SealMode
  /** Monotonic milliseconds, by which handshakes are counted. */
  readonly nowMs?: () => number
}

/**
 * TLS 1.3, in which the acceptor has a certificate and the dialler none. Then each end shows that it has the join
 * secret, and the dialler its key, the dialler first: whoever does not is told nothing. Of a certificate only the key
 * counts: whose hash it is, that member it is.
 */
export class SealedDoor implements LinkDoor {
  readonly #identity: SealedDoorOptions["identity"]
  readonly #nowMs: () => number
  readonly #proof: () => JoinProof
  readonly #mode: () => SealMode
  readonly #server: Server
  readonly #dialling: ConnectionOptions
  /** Connections whose handshake is under way, by the address and port of the other end. */
  readonly #arrivals: Map<string, Passage<AcceptRefusal>> = new Map()
  /** Streams in the clear. */
  readonly #open: Set<Socket> = new Set()
  readonly #admission: Admission = new Admission(HANDSHAKES)

  constructor({ identity, proof, mode, nowMs = () => performance.now() }: SealedDoorOptions) {
    const { id, privateKey } = identity
    const own = { key: privateKey.export({ type: "pkcs8", format: "pem" }), cert: selfSigned(id, privateKey) }
    const strength = { minVersion: "TLSv1.3", ecdhCurve: GROUP } as const
    const terms = { ...strength, ALPNProtocols: [PROTOCOL], rejectUnauthorized: false }
    this.#identity = identity
    this.#proof = proof
    this.#mode = mode
    this.#nowMs = nowMs
    const secureContext = createSecureContext(strength)
    this.#dialling = { ...terms, secureContext, checkServerIdentity: () => undefined }
    this.#server = createServer({ ...terms, ...own, requestCert: false })
    this.#server.on("secureConnection", (stream) => this.#arrived(stream))
    this.#server.on("tlsClientError", (_error, stream) => this.#arrivals.get(placeOf(stream))?.refused("handshake"))
  }

  readonly accept = (socket: Socket, on: Passage<AcceptRefusal>): void => {
    socket.once("data", (first) => {
      socket.pause()
      socket.unshift(first)
      if (first[0] !== HANDSHAKE) {
        if (this.#mode() === "require") return on.refused("open")
        this.#keep(socket)
        return on.through(socket, undefined)
      }
      if (!this.#admission.admits(socket.remoteAddress ?? "", this.#nowMs())) return on.refused("busy")
      const place = placeOf(socket)
      this.#arrivals.set(place, on)
      socket.once("close", () => this.#arrivals.delete(place))
      this.#server.emit("connection", socket)
    })
  }

  readonly enter = (socket: Socket, errand: Errand, on: Passage<EnterRefusal>): void => {
    const { meant, opening } = errand
    if (this.#mode() === "accept") {
      this.#keep(socket)
      return OPEN_DOOR.enter(socket, errand, on)
    }
    const stream = connect({ ...this.#dialling, socket })
    const proof = this.#proof()
    let ending: EnterRefusal | undefined = "noTls"
    const end = (): void => {
      const why = ending
      ending = undefined
      if (why !== undefined) on.refused(why)
    }
    stream.on("error", end)
    stream.on("close", end)
    stream.on("secureConnect", () => {
      ending = "notAdmitted"
      const peer = peerOf(stream)
      if (peer === undefined || (meant !== undefined && peer !== meant)) {
        ending = peer === undefined ? "protocol" : "refused"
        return end()
      }
      const session = { exported: exportedOf(stream), dialler: this.#identity.id, acceptor: peer }
      stream.write(Buffer.concat([proof.show(session, "dialler"), showKey(this.#identity, session), opening]))
      takeBytes(stream, JOIN_PROOF_BYTES, (shown) => {
        if (proof.find(shown, session, "acceptor") === undefined) {
          ending = "protocol"
          return end()
        }
        ending = undefined
        on.through(stream, peer)
      })
    })
  }

  /** Ends every stream that goes in the clear. */
  endOpen(): void {
    for (const socket of this.#open) socket.destroy()
  }

  #keep(socket: Socket): void {
    this.#open.add(socket)
    socket.once("close", () => this.#open.delete(socket))
  }

  #arrived(stream: TLSSocket): void {
    // It may break at any moment from here on, refused or not.
    stream.on("error", () => stream.destroy())
    const place = placeOf(stream)
    const on = this.#arrivals.get(place)
    this.#arrivals.delete(place)
    if (on === undefined) return void stream.destroy()
    if (stream.isSessionReused()) return on.refused("handshake")
    takeBytes(stream, JOIN_PROOF_BYTES + KEY_PROOF_BYTES, (shown) => {
      const ofKey = shown.subarray(JOIN_PROOF_BYTES)
      const peer = claimedBy(ofKey)
      const session = { exported: exportedOf(stream), dialler: peer, acceptor: this.#identity.id }
      const proof = this.#proof()
      const key = proof.find(shown.subarray(0, JOIN_PROOF_BYTES), session, "dialler")
      if (key === undefined || !isKeyShown(ofKey, session)) return on.refused("unproven")
      stream.write(proof.show(session, "acceptor", key))
      on.through(stream, peer)
    })
  }
}

function placeOf({ remoteAddress = "", remotePort = 0 }: Socket): string {
  return `${remoteAddress} ${remotePort}`
}

function peerOf(stream: TLSSocket): NodeId | undefined {
  const certificate = stream.getPeerX509Certificate()
  try {
    return certificate && ownerOf(certificate.publicKey)
  } catch {
    // A key of a kind that is not even read here.
    return undefined
  }
}

function exportedOf(stream: TLSSocket): Uint8Array {
  return stream.exportKeyingMaterial(EXPORTED_BYTES, EXPORTER, Buffer.alloc(0))
}
