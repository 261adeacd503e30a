import { VERSION } from "../version.ts"

/** Runs one command of the CLI and resolves to its exit code. */
export async function run(argv: readonly string[]): Promise<number> {
  if (argv[0] === "version" || argv[0] === "--version") {
    process.stdout.write(`conclave ${VERSION}\n`)
    return 0
  }
  if (argv[0] === "dev") {
    const { dev } = await import("./dev/dev.ts")
    return await dev(argv.slice(1))
  }
  process.stderr.write(`conclave: unknown command ${JSON.stringify(argv[0] ?? "")}\nNext: conclave version\n`)
  return 2
}
