import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from "node:crypto"
import { renameSync } from "node:fs"
import { join } from "node:path"
import { base32, type NodeId, nodeId } from "@conclave/base"
import type { Disk, DiskResult } from "../../ports.ts"

export interface Identity {
  readonly id: NodeId
  readonly privateKey: KeyObject
  /** 32 bytes (RFC 8032 §5.1.5). */
  readonly publicKey: Uint8Array
  /** What went wrong with the key file, for people; undefined when all is well. */
  readonly problem: string | undefined
}

const FILE = "node.key"
const ID_BYTES = 16

/**
 * Reads this member's Ed25519 key or makes one. A damaged key file is kept beside as `node.key.damaged` and a new key
 * made: the host then comes back as a new member under its old name, as after a wiped directory, which needs nobody's
 * help; refusing to start would. A key that cannot be written lives until the process ends, and that is said.
 */
export async function openIdentity(directory: string, disk: Disk): Promise<Identity> {
  const kept = readKey(disk)
  if (kept.key !== undefined) return identityOf(kept.key, undefined)
  if (kept.problem !== undefined) setAside(directory)
  const { privateKey } = generateKeyPairSync("ed25519")
  const pem = privateKey.export({ type: "pkcs8", format: "pem" })
  const written = await new Promise<DiskResult>((resolve) => {
    disk.replace(FILE, new TextEncoder().encode(pem.toString()), resolve)
  })
  const unwritten = written.ok ? undefined : `this member's key cannot be kept: ${written.message}`
  return identityOf(privateKey, kept.problem ?? unwritten)
}

function readKey(disk: Disk): { readonly key?: KeyObject; readonly problem?: string } {
  const again = "this host comes back as a new member"
  let bytes: Uint8Array | undefined
  try {
    bytes = disk.read(FILE)
  } catch (cause) {
    return { problem: `${FILE} cannot be read (${(cause as Error).message}); ${again}` }
  }
  if (bytes === undefined) return {}
  try {
    const key = createPrivateKey({ key: Buffer.from(bytes), format: "pem" })
    if (key.asymmetricKeyType === "ed25519") return { key }
  } catch {
    // Falls through: whatever is wrong with it, it is no key.
  }
  return { problem: `${FILE} is damaged and was kept as ${FILE}.damaged; ${again}` }
}

function setAside(directory: string): void {
  try {
    renameSync(join(directory, FILE), join(directory, `${FILE}.damaged`))
  } catch {
    // In a directory that cannot be written it stays where it is.
  }
}

function identityOf(privateKey: KeyObject, problem: string | undefined): Identity {
  const publicKey = rawKey(createPublicKey(privateKey))
  return { id: idOf(publicKey), privateKey, publicKey, problem }
}

/** Who has this public key; undefined: it is none that a member has. */
export function ownerOf(key: KeyObject): NodeId | undefined {
  return key.asymmetricKeyType === "ed25519" ? idOf(rawKey(key)) : undefined
}

function rawKey(key: KeyObject): Uint8Array {
  return Buffer.from(key.export({ format: "jwk" }).x ?? "", "base64url")
}

/** Of the 32 bytes of a public key. */
export function idOf(publicKey: Uint8Array): NodeId {
  const digest = createHash("sha256").update(publicKey).digest()
  return nodeId(base32(digest.subarray(0, ID_BYTES)))
}
