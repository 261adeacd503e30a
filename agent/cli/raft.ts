import { ConclaveError } from "@conclave/sdk"
import type { RaftStatus } from "@conclave/sdk/wire.gen"
import { closest } from "../config/closest.ts"
import { AGREED_MS, type AgentLink, withAgent } from "./terminal/agent-link.ts"
import { formatMs } from "./terminal/ages.ts"
import type { Context } from "./terminal/command.ts"
import { EXIT, Failure } from "./terminal/failure.ts"
import { aboutMember } from "./terminal/member-name.ts"
import type { Output } from "./terminal/output.ts"
import { NEXT_TO_FOUND } from "./unfounded.ts"

/** `raft status`: the group as this agent knows it; no group is no failure. */
export async function raftStatus(context: Context): Promise<number> {
  return show(context, await withAgent(context, (link) => link.request("raft.status", {})))
}

/** `raft bootstrap`: once, on one agent. */
export async function raftBootstrap(context: Context): Promise<number> {
  return await act(context, (link) => link.request("raft.bootstrap", {}))
}

/** `raft add NAME`. */
export async function raftAdd(context: Context): Promise<number> {
  const [name = ""] = context.given.args
  return await act(context, (link) => aboutMember(link, name, () => link.request("raft.add", { name })))
}

/** `raft remove NAME`. */
export async function raftRemove(context: Context): Promise<number> {
  const { args, flags } = context.given
  const [name = ""] = args
  const input = { name, ...(flags.has("force") ? { force: true } : {}) }
  return await act(context, (link) => aboutSeat(link, name, () => link.request("raft.remove", input)))
}

/** `raft transfer [NAME]`. */
export async function raftTransfer(context: Context): Promise<number> {
  const [to] = context.given.args
  const input = to === undefined ? {} : { to }
  return await act(context, (link) => link.request("raft.transfer", input))
}

async function act(context: Context, work: (link: AgentLink) => Promise<RaftStatus>): Promise<number> {
  return show(context, await withAgent(context, work, { door: "admin", defaultMs: AGREED_MS }))
}

function show({ output }: Context, answer: RaftStatus): number {
  if (output.isJson) output.json(answer)
  else if (answer.items.length === 0 && answer.leader === null && answer.term === 0n) {
    output.line("this agent is in no group yet")
    output.note(`Next: ${NEXT_TO_FOUND}`)
  } else showGroup(answer, output)
  return EXIT.ok
}

function showGroup(answer: RaftStatus, output: Output): void {
  const { leader, term, commitIndex, appliedIndex, quorum, canLose, items } = answer
  const lead = leader === null ? output.paint("no leader", "red") : `leader ${leader}`
  const voters = items.filter(({ role }) => role !== "learner").length
  const room = canLose === 0 ? output.paint("can lose 0", "yellow") : `can lose ${canLose}`
  output.line(
    `${lead}, term ${term}, committed ${commitIndex}, applied ${appliedIndex}, quorum ${quorum} of ${voters}, ${room}`,
  )
  output.table(
    ["NAME", "ROLE", "UP", "MATCH", "LAG", "CONTACT", "ADDRESS"],
    items.map(({ name, id, role, up, matchIndex, lag, lastContactMs, addr }) => [
      ...[name ?? id ?? "", role],
      up ? "yes" : { text: "no", color: "red" },
      ...[matchIndex === null ? "" : String(matchIndex), lag === null ? "" : String(lag)],
      ...[formatMs(lastContactMs), addr ?? ""],
    ]),
  )
}

/** Of a seat that is not there, the one that was probably meant. */
async function aboutSeat<T>(link: AgentLink, name: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!ConclaveError.is(error, "NOT_FOUND")) throw error
    const { items } = await link.request("raft.status", {})
    const names = items.flatMap((each) => each.name ?? [])
    const meant = closest(name, names)
    throw new Failure("NOT_FOUND", `${error.message}${meant === undefined ? "" : `; did you mean ${meant}?`}`, {
      why: `Seats have ${names.join(", ")}.`,
      next: "conclave raft status",
      details: error.details,
    })
  }
}
