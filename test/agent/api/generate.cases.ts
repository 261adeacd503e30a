import { readFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { generated } from "conclave/api/generate"
import { test } from "tap"

const ROOT = fileURLToPath(new URL("../../../..", import.meta.url))

test("what is generated is the same each time and is what is committed", (t) => {
  const files = generated()
  t.same(Object.keys(files), ["docs/openapi.json", "sdk/wire.gen.ts"])
  t.same(generated(), files)
  for (const [path, text] of Object.entries(files)) {
    t.ok(readFileSync(join(ROOT, path), "utf8") === text, `${path} is current`)
  }
  t.end()
})

test("64-bit numbers are bigint, streams are no operations with one answer", (t) => {
  const types = generated()["sdk/wire.gen.ts"] ?? ""
  t.match(types, /export interface Member \{[^}]*readonly generation: bigint\n/)
  t.match(types, /"members.list": \{ version: "u64", items: \[\{ generation: "u64", incarnation: "u64" \}\] \}/)
  const ops = /export interface Ops \{\n([\s\S]*?)\n\}\n/.exec(types)?.[1] ?? ""
  t.match(ops, /"members.get"/)
  t.notMatch(ops, /^ {2}readonly "?(watch|events|hold|heartbeat)"?:/m)
  t.match(types, /export interface Streams \{\n[\s\S]*readonly watch: \{/)
  t.match(types, /export interface FramedOps \{\n[\s\S]*readonly heartbeat: \{/)
  t.match(types, /export type HoldEvent = HoldQueued \| HoldGranted \|/, "a union is a type")
  t.match(types, /"hold.release": \{\n {4}readonly in: \{[^}]*readonly token: bigint/, "also in what is sent")
  t.end()
})

test("where a line is one of several, all their 64-bit numbers are found", (t) => {
  const types = generated()["sdk/wire.gen.ts"] ?? ""
  t.match(types, /\n {2}watch: \{ rev: "u64", items: \[\{ generation: "u64", .*holders: \[\{ token: "u64" \}\]/)
  t.match(types, /\n {2}hold: \{ holders: \[\{ token: "u64" \}\], token: "u64", rev: "u64" \}/)
  t.end()
})
