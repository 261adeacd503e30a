import { fchmodSync, fstatSync } from "node:fs"
import { newGossipKey } from "./gossip-key.ts"
import type { Context } from "./terminal/command.ts"
import { EXIT } from "./terminal/failure.ts"

const STDOUT = 1
const PRIVATE = 0o600

/** `keyring gen`: the one command that prints a key. */
export async function keyringGen({ output }: Context): Promise<number> {
  keepPrivate(STDOUT)
  const key = newGossipKey()
  if (output.isJson) output.json({ key })
  else output.line(key)
  return EXIT.ok
}

/** The shell has made `> FILE` with the usual mode, in which no agent would take a key. */
function keepPrivate(descriptor: number): void {
  const stats = fstatSync(descriptor)
  if (stats.isFile() && (stats.mode & 0o777 & ~PRIVATE) !== 0) fchmodSync(descriptor, PRIVATE)
}
