import { type StateTask, tryState } from "./state/trial.ts"

// A process of its own for each run: its memory is then that of one state.
process.stdout.write(`${JSON.stringify(await tryState(JSON.parse(process.argv[2] ?? "{}") as StateTask))}\n`)
