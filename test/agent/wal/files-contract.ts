import { crc32 } from "node:zlib"
import type { Files } from "conclave/wal/files"
import type { Test } from "tap"

/** What every directory of a log does, whoever plays the disk. */
export function keepsFilesContract(t: Test, files: Files): void {
  t.same(files.list(), [], "no directory, no files")
  t.throws(() => files.create("a"), { code: "ENOENT" })
  files.make()
  files.make()
  t.throws(() => files.open("a"), { code: "ENOENT" })
  t.throws(() => files.edit("a"), { code: "ENOENT" })
  readsWhatIsWritten(t, files)
  namesFiles(t, files)
  tellsDirectoriesApart(t, files)
  t.equal(files.crc32(new Uint8Array([1, 2, 3])), crc32(new Uint8Array([1, 2, 3])))
  t.equal(files.crc32(new Uint8Array([3]), files.crc32(new Uint8Array([1, 2]))), crc32(new Uint8Array([1, 2, 3])))
  t.notSame(files.fresh(), files.fresh())
  t.equal(files.fresh().length, 16)
}

function readsWhatIsWritten(t: Test, files: Files): void {
  const file = files.create("a")
  file.write(0, new Uint8Array([1, 2, 3]))
  file.write(5, new Uint8Array([6]))
  file.write(1, new Uint8Array([9]))
  file.sync()
  t.equal(file.size(), 6)
  t.same(file.read(0, 6), new Uint8Array([1, 9, 3, 0, 0, 6]), "a hole reads as zeros")
  t.same(file.read(4, 100), new Uint8Array([0, 6]), "less at the end")
  t.equal(file.read(6, 1).length, 0)
  const bytes = file.read(0, 1)
  bytes[0] = 77
  t.same(file.read(0, 1), new Uint8Array([1]), "the bytes are the caller's")
  file.close()
  const again = files.edit("a")
  again.write(2, new Uint8Array([4]))
  again.sync()
  t.same(again.read(0, 6), new Uint8Array([1, 9, 4, 0, 0, 6]), "what was there stays")
  again.close()
}

function namesFiles(t: Test, files: Files): void {
  files.create("b").close()
  files.sync()
  t.same([...files.list()].sort(), ["a", "b"])
  const open = files.open("a")
  files.rename("a", "b")
  t.equal(open.size(), 6, "whoever has it open reads on")
  open.close()
  const renamed = files.open("b")
  t.equal(renamed.size(), 6, "over the one that was there")
  renamed.close()
  t.throws(() => files.rename("a", "c"), { code: "ENOENT" })
  files.remove("a")
  t.same(files.list(), ["b"])
  const fresh = files.create("b")
  t.equal(fresh.size(), 0, "a new one of an old name")
  fresh.close()
}

function tellsDirectoriesApart(t: Test, files: Files): void {
  const first = files.inode()
  t.equal(files.inode(), first)
  files.retire()
  t.same(files.list(), [])
  files.retire()
  files.make()
  if (first !== undefined) t.not(files.inode(), first)
  files.retire()
  files.discardRetired()
  files.discardRetired()
  t.same(files.list(), [])
  files.make()
}
