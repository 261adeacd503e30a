import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { noDisk, type OpenDisk, openDisk } from "conclave/node/disk"
import type { DiskResult } from "conclave/ports"
import { test } from "tap"
import { Program } from "../../program.ts"

function folder(): string {
  return mkdtempSync(join(tmpdir(), "conclave-test-"))
}

function replace(disk: OpenDisk, name: string, text: string): Promise<DiskResult> {
  return new Promise((resolve) => disk.replace(name, new TextEncoder().encode(text), resolve))
}

function append(disk: OpenDisk, name: string, text: string): Promise<DiskResult> {
  return new Promise((resolve) => disk.append(name, new TextEncoder().encode(text), resolve))
}

function text(bytes: Uint8Array | undefined): string | undefined {
  return bytes === undefined ? undefined : new TextDecoder().decode(bytes)
}

test("operations are done in the order they were asked for", async (t) => {
  const directory = folder()
  const disk = openDisk(directory)
  const order: number[] = []
  const all = [
    append(disk, "a", "1"),
    append(disk, "a", "2"),
    replace(disk, "a", "new"),
    append(disk, "a", "3"),
    replace(disk, "b", "b"),
  ]
  all.forEach((each, index) => void each.then(() => order.push(index)))
  t.same(await Promise.all(all), Array(5).fill({ ok: true }))
  t.same(order, [0, 1, 2, 3, 4])
  t.equal(text(disk.read("a")), "new3", "what is appended after a replacement goes to the new file")
  t.same(readdirSync(directory).sort(), ["a", "b"], "nothing else is left")
  t.equal(statSync(join(directory, "a")).mode & 0o777, 0o600)
  await disk.close()
  rmSync(directory, { recursive: true })
})

test("closing waits for what was waiting for a write", async (t) => {
  const directory = folder()
  const disk = openDisk(directory)
  const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
  disk.append("a", bytes("1"), () => disk.append("a", bytes("2"), () => disk.append("a", bytes("3"), () => {})))
  await disk.close()
  t.equal(text(disk.read("a")), "123")
  rmSync(directory, { recursive: true })
})

test("a file that is not there is undefined, one that cannot be read throws", (t) => {
  const directory = folder()
  const disk = openDisk(directory)
  t.equal(disk.read("none"), undefined)
  t.throws(() => openDisk(join(directory)).read("."), { code: "EISDIR" })
  t.throws(() => disk.read("../escape"), /flat/)
  rmSync(directory, { recursive: true })
  t.end()
})

test("a replacement that was cut off by a crash leaves the old file", async (t) => {
  const directory = folder()
  const disk = openDisk(directory)
  await replace(disk, "a", "old")
  writeFileSync(join(directory, "a.new"), "half of the ne")
  t.equal(text(disk.read("a")), "old")
  t.ok((await replace(disk, "a", "new")).ok)
  t.equal(text(disk.read("a")), "new")
  t.notOk(existsSync(join(directory, "a.new")))
  rmSync(directory, { recursive: true })
})

test("a failure is answered, remembered and forgotten with the next success", async (t) => {
  const directory = folder()
  const disk = openDisk(directory)
  rmSync(directory, { recursive: true })
  const failed = await append(disk, "a", "x")
  t.match(failed, { ok: false, code: "ENOENT" })
  t.ok(disk.problem()?.includes("ENOENT"))
  t.match(await replace(disk, "a", "x"), { ok: false, code: "ENOENT" })
  const again = folder()
  const other = openDisk(again)
  t.ok((await replace(other, "a", "x")).ok)
  t.equal(other.problem(), undefined)
  rmSync(again, { recursive: true })
})

test("no write holds up the event loop, nor does making its name durable", async (t) => {
  const directory = folder()
  const source = `
    const { openDisk } = await import(${JSON.stringify(import.meta.resolve("conclave/node/disk"))})
    const disk = openDisk(process.argv[1])
    setTimeout(() => disk.append("a", new Uint8Array(9), () => disk.replace("a", new Uint8Array(9), () => {
      process.stdout.write("done\\n")
    })))`
  // Node tells of each system call that was waited for after the first turn of the loop.
  const flags = ["--trace-sync-io", "--input-type=module", "-e"]
  const { stdout, stderr } = await new Program(t, [process.execPath, ...flags, source, directory]).ended
  t.equal(stdout, "done\n")
  t.notMatch(stderr, /node\/disk\.js/)
  rmSync(directory, { recursive: true })
})

test("where nothing can be written, what is there is read and every write says why", async (t) => {
  const directory = folder()
  writeFileSync(join(directory, "a"), "kept")
  chmodSync(directory, 0o500)
  const disk = noDisk(directory, "EROFS", "read-only")
  t.equal(text(disk.read("a")), "kept")
  t.equal(disk.read("b"), undefined)
  t.same(await replace(disk, "a", "x"), { ok: false, code: "EROFS", message: "read-only" })
  t.same(await append(disk, "a", "x"), { ok: false, code: "EROFS", message: "read-only" })
  t.equal(readFileSync(join(directory, "a"), "utf8"), "kept")
  chmodSync(directory, 0o700)
  rmSync(directory, { recursive: true })
})
