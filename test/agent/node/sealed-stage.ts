import { generateKeyPairSync, type KeyObject } from "node:crypto"
import type { Addr, NodeId } from "@conclave/base"
import { ownerOf } from "conclave/node/identity"
import { JoinProof } from "conclave/node/join-proof"
import type { LinkRefusals } from "conclave/node/link-server"
import { SealedDoor } from "conclave/node/sealed-door"
import type { SealMode } from "conclave/seal-mode"
import { Secret } from "conclave/secret"
import { CLUSTER, openAt, type Peer } from "./link-stage.ts"

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
