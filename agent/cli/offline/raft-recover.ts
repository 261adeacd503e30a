import { existsSync, readFileSync, writeFileSync } from "node:fs"
import { lockDirectory } from "../../node/directory-lock.ts"
import { nextHelp } from "../terminal/arguments.ts"
import type { Context } from "../terminal/command.ts"
import { EXIT, Failure, usageError } from "../terminal/failure.ts"
import { type AppliedPlan, applyPlan } from "./apply-plan.ts"
import { type Collected, collect } from "./collected.ts"
import { encodePlan, planRecovery, readPlan } from "./recovery-plan.ts"

/** A plan tells others where what was in a log goes on. */
const FILE_MODE = 0o600

/** `raft recover collect|plan|apply`: a group whose quorum is lost for good goes on from the best log that is left. */
export function raftRecover(context: Context): Promise<number> {
  const [step] = context.given.args
  switch (step) {
    case "collect":
      return collectOne(context)
    case "plan":
      return plan(context)
    case "apply":
      return apply(context)
    default:
      throw usageError(
        `raft recover takes collect, plan or apply, not ${JSON.stringify(step)}`,
        nextHelp(context.given),
      )
  }
}

async function collectOne(context: Context): Promise<number> {
  const { output } = context
  noMore(context, 1)
  const found = await locked(directoryOf(context), (directory) => Promise.resolve(collect(directory)))
  if (output.isJson) output.json(found)
  else for (const line of linesOf(found)) output.line(line)
  output.note("Next: the same with --json > FILE on each host that is left, then conclave raft recover plan FILE...")
  return EXIT.ok
}

async function plan(context: Context): Promise<number> {
  const { given, output } = context
  const to = neededFlag(context, "plan", "where the plan is written")
  const collected = given.args.slice(1).map(readCollected)
  for (const directory of given.flags.get("data-dir") ?? []) {
    collected.push(await locked(directory, (each) => Promise.resolve(collect(each))))
  }
  if (collected.length === 0) {
    throw usageError("raft recover plan needs the files that collect made, or --data-dir", nextHelp(given))
  }
  const planned = planRecovery(collected, Date.now())
  const { survivor, host, directory, clusterId } = planned.plan
  const { mayBeLost, tokenFloor } = planned
  writeFileSync(to, encodePlan(planned.plan), { mode: FILE_MODE })
  if (output.isJson) output.json({ survivor, mayBeLost, tokenFloor, plan: to })
  else {
    output.line(`replica ${survivor} goes on alone: ${directory} on ${host}`)
    output.line(`fencing tokens go on from ${tokenFloor} at the least`)
    for (const each of mayBeLost) output.line(`may be lost: ${each}`)
  }
  output.note("Make sure that no agent with another replica of this cluster ever starts again with its old log.")
  output.note(
    `Next, on ${host}: conclave raft recover apply --data-dir ${directory} --plan ${to} --confirm ${clusterId}`,
  )
  return EXIT.ok
}

async function apply(context: Context): Promise<number> {
  const { output } = context
  noMore(context, 1)
  const path = neededFlag(context, "plan", "the file that plan wrote")
  const confirmed = neededFlag(context, "confirm", "the id of the cluster")
  const recovery = readPlan(readText(path), path)
  if (confirmed !== recovery.clusterId) {
    throw new Failure("CONFLICT", `--confirm names cluster ${confirmed}, the plan is for ${recovery.clusterId}`, {
      why: "What is recovered here cannot be undone, so its name is asked for.",
      next: "conclave raft recover collect --data-dir D, which says the id of the cluster",
    })
  }
  const applied = await locked(directoryOf(context), (directory) =>
    Promise.resolve(applyPlan(directory, recovery, Date.now())),
  )
  if (output.isJson) output.json({ applied: applied.kind !== "nothing", outcome: applied.kind })
  else for (const line of said(applied)) output.line(line)
  return EXIT.ok
}

function said(applied: AppliedPlan): readonly string[] {
  switch (applied.kind) {
    case "recovered":
      return [
        `this log goes on alone; fencing tokens go on from ${applied.token}`,
        `the log as it was is kept in ${applied.kept}`,
        "on each other host whose directory is left its log is to be put aside: its replica follows none that it does not know",
        "Next: the same command there, then start the agent of this directory, then the others, which join as new replicas",
      ]
    case "set-aside":
      return [`the log was put aside (${applied.kept}); the agent of this directory joins as a new replica`]
    case "nothing":
      return ["the plan was applied here before; nothing is left to do"]
  }
}

function linesOf(found: Collected): readonly string[] {
  return [
    `cluster  ${found.clusterId ?? "none"}`,
    `replica  ${found.replica ?? "none"}`,
    `log      ends at entry ${found.lastIndex} of term ${found.lastTerm}, ${found.commitIndex} committed for certain`,
    `voters   ${[...found.voters, ...found.outgoing].join(", ")}`,
    ...found.problems.map((each) => `problem  ${each}`),
  ]
}

/** No agent uses the directory meanwhile: of two that write to one log neither could be trusted. */
async function locked<Result>(directory: string, act: (directory: string) => Promise<Result>): Promise<Result> {
  if (!existsSync(directory)) {
    throw new Failure("NOT_FOUND", `there is no directory ${directory}`, { next: "the same command with --data-dir D" })
  }
  const lock = await lockDirectory(directory)
  if (lock.kind === "held") {
    const who = lock.pid === undefined ? "an agent" : `an agent (pid ${lock.pid})`
    throw new Failure("CONFLICT", `${who} uses the data directory ${directory}`, {
      why: "A log is recovered while nobody writes to it.",
      next: "stop that agent, then the same command",
    })
  }
  try {
    return await act(directory)
  } finally {
    await lock.release()
  }
}

function directoryOf(context: Context): string {
  const directories = context.given.flags.get("data-dir") ?? []
  const [directory] = directories
  if (directory !== undefined && directories.length === 1) return directory
  throw usageError("raft recover needs one --data-dir: the data directory of a stopped agent", nextHelp(context.given))
}

function neededFlag({ given }: Context, flag: string, what: string): string {
  const value = given.flags.get(flag)?.[0]
  if (value === undefined) throw usageError(`raft recover ${given.args[0]} needs --${flag}: ${what}`, nextHelp(given))
  return value
}

function noMore({ given }: Context, count: number): void {
  const extra = given.args[count]
  if (extra !== undefined) throw usageError(`${JSON.stringify(extra)} is too much`, nextHelp(given))
}

function readCollected(path: string): Collected {
  try {
    const value = JSON.parse(readText(path)) as Collected
    const isWhole = Array.isArray(value.voters) && typeof value.lastIndex === "string" && value.owner !== undefined
    if (isWhole) return value
  } catch (cause) {
    if (cause instanceof Failure) throw cause
  }
  throw new Failure("INVALID_ARGUMENT", `${path} is not what "raft recover collect --json" prints`, {
    next: "conclave raft recover collect --data-dir D --json > FILE",
  })
}

function readText(path: string): string {
  try {
    return readFileSync(path, "utf8")
  } catch (cause) {
    throw new Failure("NOT_FOUND", `${path} cannot be read: ${(cause as Error).message}`, {
      next: "the same command with the path of the file",
    })
  }
}
