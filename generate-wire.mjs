// Writes the static code of a schema beside it: node generate-wire.mjs swim/wire/gossip.proto [another folder]
import { spawnSync } from "node:child_process"
import { readFileSync, writeFileSync } from "node:fs"
import { createRequire } from "node:module"
import { basename, dirname, join, resolve } from "node:path"
import { fileURLToPath } from "node:url"

const here = dirname(fileURLToPath(import.meta.url))
const schema = resolve(here, process.argv[2])
const folder = resolve(process.argv[3] ?? dirname(schema))
const pbjs = join(dirname(createRequire(import.meta.url).resolve("protobufjs-cli")), "bin", "pbjs")

// A root of its own (-r): packages that share the default root would overwrite each other's messages.
const root = basename(resolve(schema, "../.."))
const options = ["-t", "static-module", "-w", "es6", "--es6", "-r", root, "-d", "--force-number"]
const leftOut = "--no-create --no-verify --no-convert --no-delimited --no-typeurl --no-service".split(" ")
const output = join(folder, basename(schema).replace(/\.proto$/, ".js"))
const done = spawnSync(process.execPath, [pbjs, ...options, ...leftOut, "-o", output, schema], {
  stdio: ["ignore", 2, 2],
})
if (done.status !== 0) process.exit(done.status ?? 1)

/**
 * Which field of a oneof is there the generated code says through an accessor that deletes all the others and lists all
 * keys: that takes as long as the rest of reading a message. A plain property says it as well, of the last one that
 * came, and that an optional field is there the field itself says.
 */
const accessors = [
  / *\/\/ (OneOf field names bound|Virtual OneOf for)[^\n]*\n/g,
  / *let \$oneOfFields;\n\n?/g,
  / *\$Object\.defineProperty\([^\n]*\n[^\n]*oneOfGetter[^\n]*\n[^\n]*\n *\}\);\n\n?/g,
  / *message\._[A-Za-z0-9]+ = "[A-Za-z0-9]+";\n/g,
]
let code = readFileSync(output, "utf8")
for (const accessor of accessors) code = code.replace(accessor, "")
if (code.includes("oneOf")) throw new Error(`${output}: accessors of oneofs are not written as they were`)
writeFileSync(output, code)
