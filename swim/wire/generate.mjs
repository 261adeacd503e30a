// Writes gossip.js and gossip.d.ts from gossip.proto: node swim/wire/generate.mjs [folder, default: this one]
import { spawnSync } from "node:child_process"
import { createRequire } from "node:module"
import { dirname, join, resolve } from "node:path"
import { fileURLToPath } from "node:url"

const here = dirname(fileURLToPath(import.meta.url))
const folder = resolve(process.argv[2] ?? here)
const pbjs = join(dirname(createRequire(import.meta.url).resolve("protobufjs-cli")), "bin", "pbjs")

// A root of its own (-r): packages that share the default root would overwrite each other's messages.
const options = "-t static-module -w es6 --es6 -r swim -d --force-number".split(" ")
const leftOut = "--no-create --no-verify --no-convert --no-delimited --no-typeurl --no-service".split(" ")
const files = ["-o", join(folder, "gossip.js"), join(here, "gossip.proto")]
const done = spawnSync(process.execPath, [pbjs, ...options, ...leftOut, ...files], {
  stdio: ["ignore", 2, 2],
})
process.exit(done.status ?? 1)
