/**
 * One directory of a replica's log, as the store sees it: synchronous, since it runs where it may wait (a worker
 * thread, or the simulator's own time). Names are flat. Whatever the system refuses is thrown as an `Error` with the
 * system's `code`.
 */
export interface Files {
  /** Names, in no order; none when there is no directory. */
  readonly list: () => readonly string[]
  /** Makes the directory unless it is there, durably. */
  readonly make: () => void
  /** An existing file, to be read. */
  readonly open: (name: string) => LogFile
  /** An existing file, to be written and read. */
  readonly edit: (name: string) => LogFile
  /** A new file, to be written and read; one of that name that is there is lost. */
  readonly create: (name: string) => LogFile
  /** Over a file that is there. Durable after `sync`, like `create` and `remove`. */
  readonly rename: (from: string, to: string) => void
  /** One that is not there is no error. */
  readonly remove: (name: string) => void
  /** The directory: all names are durable. */
  readonly sync: () => void
  /** What tells this directory from a copy of it; undefined where the file system has no lasting numbers. */
  readonly inode: () => string | undefined
  /**
   * Puts the whole directory aside at once, under a name that was not used before; nothing when there is none. Durable.
   */
  readonly retire: () => void
  readonly discardRetired: () => void
  /** CRC-32 (RFC 1952 §8), continued from `before`. The machine's own is fifteen times as fast as one in JavaScript. */
  readonly crc32: (bytes: Uint8Array, before?: number) => number
  /** 16 bytes that nobody had before. */
  readonly fresh: () => Uint8Array
}

export interface LogFile {
  readonly size: () => number
  /** Less than `length` at the end of the file. The bytes are the caller's. */
  readonly read: (at: number, length: number) => Uint8Array
  /** All of it, or it throws, and then any part of it may be there. */
  readonly write: (at: number, bytes: Uint8Array) => void
  /** The bytes are durable (fdatasync). */
  readonly sync: () => void
  readonly close: () => void
}
