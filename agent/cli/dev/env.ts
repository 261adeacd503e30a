import { closest } from "../../config/closest.ts"
import type { Context } from "../terminal/command.ts"
import { EXIT, Failure } from "../terminal/failure.ts"
import { liveRun, newestRun } from "./runs.ts"

/** `dev env [AGENT]`: how to reach an agent of the newest live run, for another terminal. */
export function devEnv({ given, output }: Context): Promise<number> {
  const name = given.args[0]
  const folder = given.flags.get("dir")?.[0]
  const run = folder === undefined ? newestRun() : liveRun(folder)
  if (run === undefined) {
    const why = `No fleet of yours runs ${folder === undefined ? "on this machine" : `in ${folder}`}.`
    throw new Failure("AGENT_UNAVAILABLE", "there is no agent to speak to", { why, next: "conclave dev" })
  }
  const agent = name === undefined ? run.agents[0] : run.agents.find((each) => each.name === name)
  if (agent === undefined) {
    const names = run.agents.map((each) => each.name)
    throw new Failure("NOT_FOUND", `the fleet has no agent ${name}`, {
      why: `It has ${names.join(", ")}.`,
      next: `conclave dev env ${closest(name ?? "", names) ?? names[0] ?? ""}`,
    })
  }
  const { socket, adminSocket } = agent
  if (output.isJson) output.json({ socket, adminSocket })
  else {
    output.line(`export CONCLAVE_SOCKET=${shellWord(socket)}`)
    output.line(`export CONCLAVE_ADMIN_SOCKET=${shellWord(adminSocket)}`)
  }
  return Promise.resolve(EXIT.ok)
}

/** A path that a shell may read as it is, or between quotes. */
function shellWord(text: string): string {
  return /^[A-Za-z0-9_./:-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`
}
