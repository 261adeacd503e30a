import { randomBytes } from "node:crypto"
import * as fs from "node:fs"
import { dirname, join } from "node:path"
import { crc32 } from "node:zlib"
import type { Files, LogFile } from "../wal/files.ts"

/** A log holds what applications keep secret: nobody else reads it. */
const FILE_MODE = 0o600
const DIRECTORY_MODE = 0o700
const ID_BYTES = 16
/** statfs(2): file systems whose inode numbers do not outlast a mount, or that show another file's. */
const PASSING_FILE_SYSTEMS: ReadonlySet<number> = new Set([0x01021994, 0x858458f6, 0x794c7630])

/** The files of one directory, by system calls that wait: for a thread of their own. */
export function logFiles(directory: string): Files {
  const path = (name: string): string => join(directory, name)
  return {
    list: () => listOf(directory),
    make: () => {
      fs.mkdirSync(directory, { recursive: true, mode: DIRECTORY_MODE })
      syncDirectory(dirname(directory))
    },
    open: (name) => fileOf(fs.openSync(path(name), "r")),
    edit: (name) => fileOf(fs.openSync(path(name), "r+")),
    create: (name) => fileOf(fs.openSync(path(name), "w+", FILE_MODE)),
    rename: (from, to) => fs.renameSync(path(from), path(to)),
    remove: (name) => fs.rmSync(path(name), { force: true }),
    sync: () => syncDirectory(directory),
    inode: () => inodeOf(directory),
    retire: () => {
      if (!fs.existsSync(directory)) return
      fs.renameSync(directory, unusedName(directory))
      syncDirectory(dirname(directory))
    },
    discardRetired: () => {
      for (const each of retired(directory)) fs.rmSync(each, { recursive: true, force: true })
      syncDirectory(dirname(directory))
    },
    crc32: (bytes, before) => crc32(bytes, before),
    fresh: () => new Uint8Array(randomBytes(ID_BYTES)),
  }
}

function fileOf(fd: number): LogFile {
  return {
    size: () => fs.fstatSync(fd).size,
    read: (at, length) => {
      const bytes = new Uint8Array(length)
      let have = 0
      for (let got = -1; have < length && got !== 0; have += got) {
        got = fs.readSync(fd, bytes, have, length - have, at + have)
      }
      return bytes.subarray(0, have)
    },
    write: (at, bytes) => {
      for (let done = 0; done < bytes.length; ) done += fs.writeSync(fd, bytes, done, bytes.length - done, at + done)
    },
    sync: () => fs.fdatasyncSync(fd),
    close: () => fs.closeSync(fd),
  }
}

function listOf(directory: string): readonly string[] {
  try {
    return fs.readdirSync(directory)
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "ENOENT") return []
    throw cause
  }
}

/** A new name is durable only when its directory is. */
function syncDirectory(path: string): void {
  const fd = fs.openSync(path, "r")
  try {
    fs.fsyncSync(fd)
  } catch (cause) {
    // Some file systems cannot sync a directory and say so.
    if ((cause as NodeJS.ErrnoException).code !== "EINVAL") throw cause
  } finally {
    fs.closeSync(fd)
  }
}

function inodeOf(directory: string): string | undefined {
  if (PASSING_FILE_SYSTEMS.has(fs.statfsSync(directory).type)) return undefined
  return fs.statSync(directory, { bigint: true }).ino.toString()
}

/** Side by side with the directory itself, so that a rename is all it takes. */
function retired(directory: string): readonly string[] {
  const prefix = `${directory}.ended-`
  return listOf(dirname(directory))
    .map((name) => join(dirname(directory), name))
    .filter((path) => path.startsWith(prefix))
}

function unusedName(directory: string): string {
  const numbers = retired(directory).map((path) => Number(path.slice(path.lastIndexOf("-") + 1)))
  return `${directory}.ended-${Math.max(0, ...numbers) + 1}`
}
