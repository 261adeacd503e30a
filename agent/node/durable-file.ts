import { open, rename, rm } from "node:fs/promises"
import { dirname } from "node:path"

/** The owner and mode that a file gets; undefined = it belongs to whoever runs the agent. */
export interface FileRights {
  readonly mode: number
  readonly owner?: { readonly uid: number; readonly gid: number }
  /** Where it is written first; of its own for each of those who may write the same file at once. */
  readonly beside?: string
}

/**
 * A file is the old one or the new one, whatever happens: written beside it, synced, renamed, and the directory synced
 * after it, since a new name is durable only when its directory is.
 */
export async function replaceFile(path: string, bytes: Uint8Array, rights: FileRights): Promise<void> {
  const { beside = `${path}.new` } = rights
  try {
    await writeSynced(beside, bytes, rights)
    await rename(beside, path)
  } catch (cause) {
    // On a full disk the half that was written is in the way of everybody.
    await rm(beside, { force: true }).catch(() => {})
    throw cause
  }
  await syncDirectory(dirname(path))
}

export async function syncDirectory(path: string): Promise<void> {
  const directory = await open(path, "r")
  try {
    await directory.sync()
  } catch (cause) {
    // Some file systems cannot sync a directory and say so.
    if ((cause as NodeJS.ErrnoException).code !== "EINVAL") throw cause
  } finally {
    await directory.close()
  }
}

async function writeSynced(path: string, bytes: Uint8Array, { mode, owner }: FileRights): Promise<void> {
  // One that a crash has left could have another mode.
  await rm(path, { force: true })
  const file = await open(path, "wx", mode)
  try {
    await file.writeFile(bytes)
    // The mask of the process has taken from the mode.
    await file.chmod(mode)
    if (owner !== undefined) await file.chown(owner.uid, owner.gid)
    await file.sync()
  } finally {
    await file.close()
  }
}
