import type { Socket } from "node:net"
import { type ConnectionOptions, connect, createSecureContext, TLSSocket, type TLSSocketOptions } from "node:tls"
import type { NodeId } from "@conclave/base"
import type { SealMode } from "../../seal-mode.ts"
import { Admission } from "../../streams/admission.ts"
import { selfSigned } from "./certificate.ts"
import { awaitFirstWord } from "./client-hello.ts"
import { CostlyPlaces } from "./costly-places.ts"
import { type Identity, ownerOf } from "./identity.ts"
import { JOIN_PROOF_BYTES, type JoinProof, type ProvenSession } from "./join-proof.ts"
import { claimedBy, isKeyShown, KEY_PROOF_BYTES, showKey } from "./key-proof.ts"
import {
  type Admittance,
  type Caller,
  type EnterRefusal,
  type Errand,
  type LinkDoor,
  OPEN_DOOR,
  type Passage,
} from "./link-door.ts"
import { PassedStreams } from "./passed-streams.ts"
import { takeBytes } from "./take-bytes.ts"

const PROTOCOL = "conclave/1"
const EXPORTER = "EXPORTER-conclave-join"
const EXPORTED_BYTES = 32
/** The only one: whoever may choose takes one of 8192 bits, which costs the other end a tenth of a second. */
const GROUP = "X25519"
/** Each costs this agent about a millisecond, and a stranger hardly anything: what members need strangers leave. */
const OF_MEMBERS = { all: { perSecond: 200, atOnce: 400 }, one: { perSecond: 100, atOnce: 300 } }
const OF_STRANGERS = { all: { perSecond: 100, atOnce: 200 }, one: { perSecond: 20, atOnce: 60 } }

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
  readonly #accepting: TLSSocketOptions
  readonly #dialling: ConnectionOptions
  readonly #passed: PassedStreams = new PassedStreams()
  readonly #costly: CostlyPlaces = new CostlyPlaces()
  readonly #ofMembers: Admission = new Admission(OF_MEMBERS)
  readonly #ofStrangers: Admission = new Admission(OF_STRANGERS)

  constructor({ identity, proof, mode, nowMs = () => performance.now() }: SealedDoorOptions) {
    this.#identity = identity
    this.#proof = proof
    this.#mode = mode
    this.#nowMs = nowMs
    const terms = { ALPNProtocols: [PROTOCOL], rejectUnauthorized: false }
    const { id, privateKey } = identity
    const own = { key: privateKey.export({ type: "pkcs8", format: "pem" }), cert: selfSigned(id, privateKey) }
    // There are no authorities, and those that Node brings along need not be read.
    const strength = { minVersion: "TLSv1.3", ecdhCurve: GROUP, ca: own.cert } as const
    const accepting = createSecureContext({ ...strength, ...own })
    this.#accepting = { ...terms, secureContext: accepting, isServer: true, requestCert: false }
    this.#dialling = {
      ...terms,
      secureContext: createSecureContext(strength),
      checkServerIdentity: () => undefined,
    }
  }

  readonly accept = (socket: Socket, from: Caller, on: Admittance): void => {
    awaitFirstWord(socket, (word) => {
      if (word === "garbage") return on.refused("handshake")
      if (word === "clear") {
        if (this.#mode() === "require") return on.refused("open")
        this.#passed.keep(socket, { secret: undefined, isDialled: false })
        return on.through(socket, undefined)
      }
      const handshakes = from.isMember ? this.#ofMembers : this.#ofStrangers
      if (!handshakes.admits(from.place, this.#nowMs())) return on.refused("busy")
      on.shaking()
      this.#shakeHands(socket, on)
    })
  }

  readonly enter = (socket: Socket, errand: Errand, on: Passage<EnterRefusal>): void => {
    if (this.#mode() === "accept") {
      this.#passed.keep(socket, { secret: undefined, isDialled: true })
      return OPEN_DOOR.enter(socket, errand, on)
    }
    const { meant, opening } = errand
    const place = `${socket.remoteAddress} ${socket.remotePort}`
    if (this.#costly.isHeld(place, this.#nowMs())) return on.refused("protocol")
    const stream = connect({ ...this.#dialling, socket })
    let ending: EnterRefusal | undefined = "noTls"
    const end = (why = ending): void => {
      if (ending === "noTls") this.#costly.heard(place, socket.bytesRead, this.#nowMs())
      if (ending !== undefined && why !== undefined) on.refused(why)
      ending = undefined
    }
    stream.on("error", (error) => end(isReset(error) ? "reset" : ending))
    stream.on("close", () => end())
    stream.on("secureConnect", () => {
      ending = "notAdmitted"
      this.#costly.heard(place, socket.bytesRead, this.#nowMs())
      const peer = peerOf(stream)
      if (peer === undefined) return end("protocol")
      if (meant !== undefined && peer !== meant) return end("refused")
      const session = { exported: exportedOf(stream), dialler: this.#identity.id, acceptor: peer }
      const shown = this.#proof().show(session, "dialler")
      stream.write(Buffer.concat([shown, showKey(this.#identity, session), opening]))
      takeBytes(stream, JOIN_PROOF_BYTES, (answer) => {
        const secret = this.#proof().find(answer, session, "acceptor")
        if (secret === undefined) return end("protocol")
        ending = undefined
        this.#passed.keep(stream, { secret, isDialled: true })
        on.through(stream, peer)
      })
    })
  }

  /** How many streams are in the clear. */
  get clear(): number {
    return this.#passed.clear
  }

  /** Ends what came through with a secret that is none any more, and what is in the clear where it need not be. */
  review(): void {
    const [proof, mode] = [this.#proof(), this.#mode()]
    this.#passed.review(({ secret, isDialled }) => {
      if (secret !== undefined) return proof.has(secret)
      return mode === "accept" || (mode === "send" && !isDialled)
    })
  }

  #shakeHands(socket: Socket, on: Admittance): void {
    const stream = new TLSSocket(socket, this.#accepting)
    let isShaking = true
    // It may break at any moment, refused or not; what TLS finds wrong later on is told to servers by the second alone.
    for (const event of ["error", "_tlsError"]) {
      stream.on(event, (error) => {
        if (isShaking && !isReset(error)) on.refused("handshake")
        stream.destroy()
      })
    }
    stream.on("secure", () => {
      isShaking = false
      if (stream.isSessionReused()) return on.refused("handshake")
      takeBytes(stream, JOIN_PROOF_BYTES + KEY_PROOF_BYTES, (shown) => this.#judge(stream, shown, on))
    })
  }

  #judge(stream: TLSSocket, shown: Uint8Array, on: Admittance): void {
    const ofKey = shown.subarray(JOIN_PROOF_BYTES)
    const peer = claimedBy(ofKey)
    const session: ProvenSession = { exported: exportedOf(stream), dialler: peer, acceptor: this.#identity.id }
    const proof = this.#proof()
    const secret = proof.find(shown.subarray(0, JOIN_PROOF_BYTES), session, "dialler")
    if (secret === undefined || !isKeyShown(ofKey, session)) return on.refused("unproven")
    stream.write(proof.show(session, "acceptor", secret))
    this.#passed.keep(stream, { secret, isDialled: false })
    on.through(stream, peer)
  }
}

/** By the word of the system: Node gives the same code to a connection that ended in good order. */
function isReset({ code = "", syscall }: NodeJS.ErrnoException): boolean {
  return syscall !== undefined && ["ECONNRESET", "ECONNABORTED", "EPIPE"].includes(code)
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
