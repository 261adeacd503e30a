import { generateKeyPairSync, type KeyObject } from "node:crypto"
import type { Addr, NodeId } from "@conclave/base"
import { ownerOf } from "conclave/node/identity"
import { JoinProof } from "conclave/node/join-proof"
import type { LinkRefusals } from "conclave/node/link-server"
import { openLinks } from "conclave/node/links"
import { SealedDoor } from "conclave/node/sealed-door"
import { Secret } from "conclave/secret"
import { CLUSTER, freePort, type Peer } from "./link-stage.ts"

export interface Key {
  readonly id: NodeId
  readonly privateKey: KeyObject
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
  readonly takesOpen?: boolean
  readonly unfinishedMs?: number
  readonly memberAt?: (addr: Addr) => NodeId | undefined
}

export const SECRET = "what only members know"

export function newKey(): Key {
  const { privateKey, publicKey } = generateKeyPairSync("ed25519")
  const id = ownerOf(publicKey)
  if (id === undefined) throw new Error("an Ed25519 key has an owner")
  return { id, privateKey }
}

export function proofOf(secret: string = SECRET, cluster: string = CLUSTER): Promise<JoinProof> {
  return JoinProof.of([new Secret(Buffer.from(secret))], cluster)
}

/** An agent's links under TLS. */
export async function openSealed(wish: SealedWish = {}): Promise<SealedPeer> {
  const { secret = SECRET, key = newKey(), cluster = CLUSTER, takesOpen = false, ...options } = wish
  const door = new SealedDoor({ identity: key, proof: await proofOf(secret, cluster), takesOpen })
  const refused: (keyof LinkRefusals)[] = []
  const host = "127.0.0.1"
  for (let tries = 0; ; tries++) {
    const port = await freePort()
    const addr = `${host}:${port}` as Addr
    const own = { host, port, id: key.id, cluster, advertised: addr, door }
    try {
      const links = await openLinks({ ...own, ...options, onRefused: (reason) => refused.push(reason) })
      return { links, addr, port, id: key.id, refused }
    } catch (cause) {
      if (tries === 20) throw cause
    }
  }
}
