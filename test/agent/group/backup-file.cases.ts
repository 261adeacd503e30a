import { Random } from "@conclave/base"
import { BackupReader } from "conclave/group/backup-file"
import { test } from "tap"
import { fileOf, machineWith, readAll } from "../saved-state.ts"

test("a saved state is read as it was written, whatever the pieces in which it comes", (t) => {
  const machine = machineWith(300)
  const file = fileOf(machine)
  for (const piece of [1, 7, 1000, file.length]) {
    const found = readAll(file, piece)
    t.match(found, { clusterId: machine.clusterId, rev: String(machine.rev), token: String(machine.lastToken) })
    t.ok(Number(found.records) > 900)
  }
  t.end()
})

test("what comes byte by byte is put together once, and not anew with each byte", (t) => {
  const file = fileOf(machineWith(300))
  const set = Uint8Array.prototype.set
  let copied = 0
  t.teardown(() => {
    Uint8Array.prototype.set = set
  })
  Uint8Array.prototype.set = function (this: Uint8Array, bytes: ArrayLike<number>, at?: number): void {
    copied += bytes.length
    set.call(this, bytes, at)
  }
  const found = readAll(file, 1)
  t.ok("records" in found && !("kind" in found))
  t.ok(copied >= file.length && copied < 4 * file.length, `${copied} bytes are copied of ${file.length}`)
  t.end()
})

test("any damaged byte is found", (t) => {
  const file = fileOf(machineWith(2))
  const random = new Random(3)
  for (let at = 0; at < file.length; at++) {
    const damaged = new Uint8Array(file)
    damaged[at] = (file[at] as number) ^ (1 << random.below(8))
    const found = readAll(damaged)
    if (!("kind" in found)) t.fail(`byte ${at} of ${file.length} may be anything`)
  }
  t.pass(`${file.length} bytes`)
  t.end()
})

test("what is cut off, and what follows, is found", (t) => {
  const file = fileOf(machineWith(2))
  for (let length = 0; length < file.length; length++) {
    const found = readAll(file.subarray(0, length))
    if (!("kind" in found)) t.fail(`${length} of ${file.length} bytes are enough`)
  }
  t.match(readAll(Buffer.concat([file, Uint8Array.of(0)])), { kind: "damaged", message: /follows its end/ })
  t.match(readAll(file.subarray(0, file.length - 4)), { kind: "damaged", message: /ends after/ })
  const endless = Uint8Array.from(file)
  endless[file.length - 1] = 1
  t.match(readAll(endless), { kind: "damaged", message: /all its octets/ })
  t.end()
})

test("what follows the end is kept by nobody, however much it is", (t) => {
  const reader = new BackupReader({ update: () => {}, hex: () => "" })
  reader.push(fileOf(machineWith(1)))
  while (reader.next() !== undefined);
  t.equal(reader.problem, undefined)
  reader.push(new Uint8Array(1))
  t.match(reader.problem, { kind: "damaged", message: /follows its end/ })
  t.end()
})

test("what is none of ours and what is newer is said to be so", (t) => {
  for (const text of ["", "{}\n", "hello", "x".repeat(5000), "{\n", "null\n", '{"format":1}\n']) {
    t.match(readAll(Buffer.from(text)), { kind: "foreign" }, text.slice(0, 20))
  }
  const machine = machineWith(1)
  t.match(readAll(fileOf(machine, { format: 2 })), { kind: "newer", message: /its format is 2/ })
  t.match(readAll(fileOf(machine, { format: 0 })), { kind: "damaged" })
  for (const change of [{ time: "then" }, { index: "-" }, { term: 7 as never }, { bytes: {} as never }]) {
    t.match(readAll(fileOf(machine, change)), { kind: "damaged", message: /none that a program writes/ })
  }
  t.end()
})

test("a header that tells of another state than its records is not believed", (t) => {
  const machine = machineWith(1)
  for (const change of [{ rev: "99" }, { token: "1" }, { clusterId: "d" }]) {
    t.match(readAll(fileOf(machine, change)), { kind: "damaged", message: /another state/ })
  }
  t.end()
})
