import { run } from "./cli.ts"

// A process ends by its exit code even where a socket of a killed agent is still closing.
process.exit(await run(process.argv.slice(2)))
