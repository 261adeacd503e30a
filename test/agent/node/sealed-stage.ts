import { generateKeyPairSync, type KeyObject } from "node:crypto"
import { type ConnectionOptions, connect, type TLSSocket } from "node:tls"
import type { Addr, NodeId } from "@conclave/base"
import { ownerOf } from "conclave/node/links/identity"
import { JoinProof } from "conclave/node/links/join-proof"
import type { LinkRefusals } from "conclave/node/links/link-server"
import { SealedDoor } from "conclave/node/links/sealed-door"
import type { SealMode } from "conclave/seal-mode"
import { Secret } from "conclave/secret"
import { CLUSTER, listening, openAt, type Peer } from "./link-stage.ts"
import { until } from "./until.ts"

export interface Key {
  readonly id: NodeId
  readonly privateKey: KeyObject
  readonly publicKey: Uint8Array
}

export interface SealedPeer extends Peer {
  readonly id: NodeId
  /** What it refused, in order. */
  readonly refused: (keyof LinkRefusals)[]
}

export interface SealedWish {
  readonly secret?: string
  readonly key?: Key
  readonly cluster?: string
  readonly mode?: SealMode
  readonly nowMs?: () => number
  readonly unfinishedMs?: number
  readonly memberAt?: (addr: Addr) => NodeId | undefined
  readonly isHome?: (host: string) => boolean
}

export const SECRET = "what only members know"

export function newKey(): Key {
  const { privateKey, publicKey } = generateKeyPairSync("ed25519")
  const id = ownerOf(publicKey)
  if (id === undefined) throw new Error("an Ed25519 key has an owner")
  return { id, privateKey, publicKey: Buffer.from(publicKey.export({ format: "jwk" }).x ?? "", "base64url") }
}

export function proofOf(secret: string = SECRET, cluster: string = CLUSTER): Promise<JoinProof> {
  return JoinProof.of([new Secret(Buffer.from(secret))], cluster)
}

/** An agent's links under TLS. */
export async function openSealed(wish: SealedWish = {}): Promise<SealedPeer> {
  const {
    secret = SECRET,
    key = newKey(),
    cluster = CLUSTER,
    mode = "require",
    nowMs = () => performance.now(),
    ...options
  } = wish
  const proof = await proofOf(secret, cluster)
  const door = new SealedDoor({ identity: key, proof: () => proof, mode: () => mode, nowMs })
  const refused: (keyof LinkRefusals)[] = []
  const onRefused = (reason: keyof LinkRefusals): void => void refused.push(reason)
  const peer = await openAt({ id: key.id, cluster, door, onRefused, ...options })
  return { ...peer, id: key.id, refused }
}

export interface Stranger {
  readonly stream: TLSSocket
  readonly got: number[]
  secured: boolean
  closed: boolean
}

/** A TLS client that is no agent. */
export function stranger({ port }: SealedPeer, options: ConnectionOptions = {}): Stranger {
  const ours = { host: "127.0.0.1", port, rejectUnauthorized: false, ALPNProtocols: ["conclave/1"] }
  const stream = connect({ ...ours, ...options })
  const seen: Stranger = { stream, got: [], secured: false, closed: false }
  stream.on("secureConnect", () => {
    seen.secured = true
  })
  stream.on("data", (chunk) => seen.got.push(...chunk))
  stream.on("error", () => {})
  stream.on("close", () => {
    seen.closed = true
  })
  return seen
}

export function exportedOf(stream: TLSSocket): Uint8Array {
  return stream.exportKeyingMaterial(32, "EXPORTER-conclave-join", Buffer.alloc(0))
}

/** What an agent would say first. */
export async function clientHello(): Promise<Uint8Array> {
  const said: Buffer[] = []
  const server = await listening((socket) => socket.on("data", (chunk) => said.push(chunk)))
  const { port } = server.address() as { port: number }
  const client = connect({ host: "127.0.0.1", port, minVersion: "TLSv1.3", ALPNProtocols: ["conclave/1"] })
  client.on("error", () => {})
  await until("it is said", () => said.length > 0)
  client.destroy()
  server.close()
  return Buffer.concat(said)
}
