#!/usr/bin/env node
// The one launcher: the daemon and the commands are two bundles, so that neither pays for the other.
const bundle = process.argv[2] === "agent" ? "../bundle/main.js" : "../bundle/cli.js"
const { run } = await import(bundle)
process.exitCode = await run(process.argv.slice(2))
