#!/usr/bin/env node
// The one launcher: the daemon and the commands are two bundles, so that neither pays for the other.
const words = process.argv.slice(2)
const asks = words.some((word) => /^(--help|--version|-[qvy]*h[qvyh]*)$/.test(word))
const bundle = words[0] === "agent" && !asks ? "../bundle/main.js" : "../bundle/cli.js"
const { run } = await import(bundle)
process.exitCode = await run(words)
