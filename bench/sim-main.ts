import { type SimTask, simulate } from "./sim-world.ts"

// A process of its own for each run: its memory is then that of one fleet.
process.stdout.write(`${JSON.stringify(simulate(JSON.parse(process.argv[2] ?? "{}") as SimTask))}\n`)
