import { constants, readFileSync } from "node:fs"
import { type FileHandle, open } from "node:fs/promises"
import { join } from "node:path"
import { assert } from "@conclave/base"
import type { Disk, DiskResult } from "../ports.ts"
import { replaceFile, syncDirectory } from "./durable-file.ts"

/** Files here hold keys and addresses: nobody else reads them. */
const FILE_MODE = 0o600

export interface OpenDisk extends Disk {
  /** The last failure, or undefined after a success. */
  readonly problem: () => string | undefined
  /** Waits for what is under way, and for what waited for that. */
  readonly close: () => Promise<void>
}

/** The files of one directory. Operations run one after another, in the order they were asked for. */
export function openDisk(directory: string): OpenDisk {
  return new DirectoryDisk(directory)
}

/** Where there is no directory to write: nothing is there, and every write fails with the reason. */
export function noDisk(directory: string, code: string, message: string): OpenDisk {
  const refuse = (done: (result: DiskResult) => void): void => {
    setImmediate(() => done({ ok: false, code, message }))
  }
  return {
    read: (name) => readIfPossible(join(directory, name)),
    replace: (_name, _bytes, done) => refuse(done),
    append: (_name, _bytes, done) => refuse(done),
    problem: () => message,
    close: () => Promise.resolve(),
  }
}

class DirectoryDisk implements OpenDisk {
  readonly #directory: string
  /** Files open for appending. */
  readonly #open: Map<string, FileHandle> = new Map()
  #last: Promise<void> = Promise.resolve()
  #problem: string | undefined

  constructor(directory: string) {
    this.#directory = directory
  }

  read(name: string): Uint8Array | undefined {
    try {
      return readFileSync(this.#path(name))
    } catch (cause) {
      if (isError(cause) && cause.code === "ENOENT") return undefined
      throw cause
    }
  }

  replace(name: string, bytes: Uint8Array, done: (result: DiskResult) => void): void {
    this.#queue(() => this.#replace(name, bytes), done)
  }

  append(name: string, bytes: Uint8Array, done: (result: DiskResult) => void): void {
    this.#queue(() => this.#append(name, bytes), done)
  }

  problem(): string | undefined {
    return this.#problem
  }

  async close(): Promise<void> {
    // Whoever waited for a write may have the next one ready: it is told in a turn of its own.
    for (let last: Promise<void> | undefined; last !== this.#last; ) {
      last = this.#last
      await last
      await new Promise((told) => setImmediate(told))
    }
    for (const file of this.#open.values()) await file.close()
    this.#open.clear()
  }

  #path(name: string): string {
    assert(name !== "" && !name.includes("/"), "a file's name is flat")
    return join(this.#directory, name)
  }

  #queue(act: () => Promise<void>, done: (result: DiskResult) => void): void {
    this.#last = this.#last.then(async () => {
      const result = await resultOf(act)
      this.#problem = result.ok ? undefined : result.message
      // Out of the promise chain: what `done` throws is a bug and must end the process, not be swallowed here.
      setImmediate(done, result)
    })
  }

  async #replace(name: string, bytes: Uint8Array): Promise<void> {
    await this.#forget(name)
    await replaceFile(this.#path(name), bytes, { mode: FILE_MODE })
  }

  async #append(name: string, bytes: Uint8Array): Promise<void> {
    try {
      const file = this.#open.get(name) ?? (await this.#openToAppend(name))
      await file.writeFile(bytes)
      await file.datasync()
    } catch (cause) {
      // A failed sync may have thrown pages away: the next append starts from a fresh handle.
      await this.#forget(name)
      throw cause
    }
  }

  async #openToAppend(name: string): Promise<FileHandle> {
    const { O_APPEND, O_CREAT, O_WRONLY } = constants
    const file = await open(this.#path(name), O_APPEND | O_CREAT | O_WRONLY, FILE_MODE)
    this.#open.set(name, file)
    await syncDirectory(this.#directory)
    return file
  }

  async #forget(name: string): Promise<void> {
    const file = this.#open.get(name)
    this.#open.delete(name)
    await file?.close().catch(() => {})
  }
}

async function resultOf(act: () => Promise<void>): Promise<DiskResult> {
  try {
    await act()
    return { ok: true }
  } catch (cause) {
    if (!isError(cause)) throw cause
    return { ok: false, code: cause.code ?? "EUNKNOWN", message: cause.message }
  }
}

function readIfPossible(path: string): Uint8Array | undefined {
  try {
    return readFileSync(path)
  } catch {
    return undefined
  }
}

function isError(value: unknown): value is NodeJS.ErrnoException {
  return value instanceof Error
}
