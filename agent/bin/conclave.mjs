#!/bin/sh
":" //; exec node --v8-pool-size=1 "$0" "$@"
// The one launcher: the daemon and the commands are two bundles, so that neither pays for the other. To the shell the
// line above is all there is: how many threads V8 has can be said on Node's command line alone (decision 0120).
import { fileURLToPath } from "node:url"
import { loadCompiled } from "./compiled.mjs"

const words = process.argv.slice(2)
const asks = words.some((word) => /^(--help|--version|-[qvy]*h[qvyh]*)$/.test(word))
const isDaemon = words[0] === "agent" && !asks
const { run } = isDaemon ? daemon() : await import("../bundle/cli.js")
process.exitCode = await run(words)

function daemon() {
  return loadCompiled(fileURLToPath(new URL("../bundle/daemon.cjs", import.meta.url))).exports
}
