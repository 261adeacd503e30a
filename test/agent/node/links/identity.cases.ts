import { createPublicKey, sign, verify } from "node:crypto"
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { isNodeId } from "@conclave/base"
import { noDisk, openDisk } from "conclave/node/disk"
import { openIdentity } from "conclave/node/links/identity"
import { test } from "tap"

function folder(): string {
  return mkdtempSync(join(tmpdir(), "conclave-test-"))
}

test("a member keeps its key and id over restarts", async (t) => {
  const directory = folder()
  const first = await openIdentity(directory, openDisk(directory))
  t.ok(isNodeId(first.id))
  t.equal(first.publicKey.length, 32)
  t.equal(first.problem, undefined)
  t.equal(statSync(join(directory, "node.key")).mode & 0o777, 0o600)
  const second = await openIdentity(directory, openDisk(directory))
  t.equal(second.id, first.id)
  const signature = sign(null, Buffer.from("x"), second.privateKey)
  t.ok(verify(null, Buffer.from("x"), createPublicKey(first.privateKey), signature))
  rmSync(directory, { recursive: true })
})

test("two members have two ids", async (t) => {
  const [a, b] = [folder(), folder()]
  t.not((await openIdentity(a, openDisk(a))).id, (await openIdentity(b, openDisk(b))).id)
  for (const each of [a, b]) rmSync(each, { recursive: true })
})

test("a damaged key is kept aside and said, whatever the damage", async (t) => {
  const directory = folder()
  const path = join(directory, "node.key")
  const first = await openIdentity(directory, openDisk(directory))
  const good = readFileSync(path)
  const rsa =
    "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VuBCIEIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n-----END PRIVATE KEY-----\n"
  for (const bad of ["", "garbage", good.subarray(0, good.length / 2), rsa]) {
    writeFileSync(path, bad)
    const fresh = await openIdentity(directory, openDisk(directory))
    t.not(fresh.id, first.id)
    t.match(fresh.problem, /node\.key is damaged and was kept as node\.key\.damaged/)
    t.same(readFileSync(`${path}.damaged`), Buffer.from(bad))
    t.equal((await openIdentity(directory, openDisk(directory))).id, fresh.id, "the new one stays")
  }
  rmSync(directory, { recursive: true })
})

test("without a place to write, a key that is there is used and a new one is said to be lost", async (t) => {
  const directory = folder()
  const kept = await openIdentity(directory, openDisk(directory))
  const disk = noDisk(directory, "EROFS", "read-only")
  t.equal((await openIdentity(directory, disk)).id, kept.id)
  rmSync(join(directory, "node.key"))
  const fresh = await openIdentity(directory, disk)
  t.match(fresh.problem, /cannot be kept: read-only/)
  t.notOk(existsSync(join(directory, "node.key")))
  rmSync(directory, { recursive: true })
})
