import { createHash } from "node:crypto"
import { readdirSync } from "node:fs"
import { join } from "node:path"
import { Spool } from "conclave/node/spool"
import { test } from "tap"
import { temporaryDirectory } from "../local-stage.ts"

test("what is written comes back, and leaves nothing in the directory even while it is there", async (t) => {
  const directory = temporaryDirectory(t)
  const spool = await Spool.open(directory)
  const whole = Buffer.alloc(200_000, "conclave")
  await spool.append(whole.subarray(0, 150_000))
  await spool.append(whole.subarray(150_000))
  t.same(readdirSync(directory), [])
  t.equal(spool.bytes, whole.length)
  t.equal(spool.sha256(), createHash("sha256").update(whole).digest("hex"))
  const read: Uint8Array[] = []
  for await (const chunk of spool.chunks()) read.push(chunk)
  t.ok(Buffer.concat(read).equals(whole))
  t.ok(Buffer.from(await spool.read(8, 16)).equals(whole.subarray(8, 24)))
  await t.rejects(spool.read(whole.length - 1, 2), /ends before/)
  await spool.close()
})

test("where nothing can be written it says so", async (t) => {
  await t.rejects(Spool.open(join(temporaryDirectory(t), "absent")), { code: "ENOENT" })
})
