import { randomBytes } from "node:crypto"
import { existsSync, mkdirSync, writeFileSync } from "node:fs"
import { join } from "node:path"

/** A new file with a key, for gossip or for those that may join. */
export function keyFileIn(directory: string, name: string): string {
  const path = join(directory, name)
  mkdirSync(directory, { recursive: true })
  writeFileSync(path, randomBytes(32).toString("base64"), { mode: 0o600 })
  return path
}

/** Flags of every agent of this directory: they have the same keys, made for the first of them. */
export function sharedKeys(directory: string): readonly string[] {
  return ["gossip", "join"].flatMap((kind) => {
    const name = `shared-${kind}.key`
    const path = join(directory, name)
    return [`--${kind}-key-file`, existsSync(path) ? path : keyFileIn(directory, name)]
  })
}
