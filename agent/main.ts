/** Runs the daemon until it is told to stop and resolves to its exit code. */
export async function run(_argv: readonly string[]): Promise<number> {
  process.stderr.write("conclave agent: not in this build yet\n")
  return 1
}
