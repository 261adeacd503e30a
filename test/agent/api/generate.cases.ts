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
  t.notMatch(ops, /\b(watch|events)\b/)
  t.end()
})
