// Writes the static code of a schema beside it: node generate-wire.mjs swim/wire/gossip.proto [another folder]
import { spawnSync } from "node:child_process"
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
const files = ["-o", join(folder, basename(schema).replace(/\.proto$/, ".js")), schema]
const done = spawnSync(process.execPath, [pbjs, ...options, ...leftOut, ...files], {
  stdio: ["ignore", 2, 2],
})
process.exit(done.status ?? 1)
