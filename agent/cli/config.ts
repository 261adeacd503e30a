import type { ConfigProblem } from "../config/problem.ts"
import { withAgent } from "./terminal/agent-link.ts"
import type { Context } from "./terminal/command.ts"
import { EXIT } from "./terminal/failure.ts"

/** `config show`: every key with its value, with `--origin` also who said so. */
export async function configShow(context: Context): Promise<number> {
  const { given, output } = context
  const answer = await withAgent(context, (link) => link.request("config.show", {}), { door: "admin" })
  if (output.isJson) {
    output.json(answer)
    return EXIT.ok
  }
  const hasOrigin = given.flags.has("origin")
  output.table(
    ["KEY", "VALUE", ...(hasOrigin ? ["ORIGIN"] : [])],
    answer.items.map(({ key, value, origin }) => [key, valueText(value), ...(hasOrigin ? [origin] : [])]),
  )
  return EXIT.ok
}

/** `config validate [FILE]`: all problems at once; needs no agent. */
export async function configValidate(context: Context): Promise<number> {
  const { given, output } = context
  const problems = await findProblems(given.args[0])
  const ok = problems.length === 0
  if (output.isJson) output.json({ ok, problems })
  else if (ok) output.line("The configuration is right.")
  else {
    const { formatProblems } = await import("../config/problem.ts")
    for (const line of formatProblems(problems).trimEnd().split("\n")) output.line(line)
  }
  return ok ? EXIT.ok : EXIT.configuration
}

/** What reads and checks YAML is heavy, and of all commands only this one needs it. */
async function findProblems(file: string | undefined): Promise<readonly ConfigProblem[]> {
  const [{ loadConfig, validateFile }, { processSurroundings }] = await Promise.all([
    import("../config/load.ts"),
    import("../config/surroundings.ts"),
  ])
  const around = processSurroundings()
  if (file !== undefined) return validateFile(file, around)
  const loaded = loadConfig([], around)
  return !loaded.ok && loaded.kind === "problems" ? loaded.problems : []
}

function valueText(value: unknown): string {
  if (typeof value === "string") return value
  return Array.isArray(value) && value.length === 0 ? "" : JSON.stringify(value)
}
