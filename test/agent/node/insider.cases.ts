import { writeFileSync } from "node:fs"
import { join } from "node:path"
import type { Addr, NodeId } from "@conclave/base"
import { type Command, encodeCommand, type Session } from "@conclave/consensus"
import { connect } from "@conclave/sdk"
import { type AppliedCommand, decodeApplied } from "conclave/group/route/wire-result"
import type { Daemon } from "conclave/node/daemon"
import { HOW, WHAT } from "conclave/streams/call-kinds"
import { decodeFrame, encodeFrame, STREAM_VERSION, type StreamFrame } from "conclave/streams/stream-frame"
import { type Test, test } from "tap"
import { temporaryDirectory } from "../local-stage.ts"
import { agentIn } from "./daemon-stage.ts"
import { openSealed, type SealedPeer } from "./sealed-stage.ts"
import { until } from "./until.ts"

const SECRET = "the secret of this cluster"
const LEFT_MS = 10_000
/** Also where the machine is slow nothing is lost by itself. */
const TTL_MS = 120_000

type Answer = AppliedCommand | "not proposed"

/** Has an agent propose these, as another agent asks for it. */
async function ask(
  insider: SealedPeer,
  daemon: Daemon,
  what: number,
  commands: readonly Command[],
): Promise<readonly Answer[]> {
  const heard = new Map<number, Answer>()
  const channel = insider.links.dial(daemon.ready["addr"] as Addr, (event) => {
    const frame: StreamFrame | undefined = event.kind === "frame" ? decodeFrame(event.body) : undefined
    if (frame?.kind !== "answer") return
    const applied = frame.how === HOW.applied ? decodeApplied(frame.body) : undefined
    heard.set(frame.number, applied ?? "not proposed")
  })
  const cluster = daemon.host.consensus.clusterId ?? ""
  const hello = { kind: "hello", version: STREAM_VERSION, purpose: "calls", cluster, from: insider.id, to: "" } as const
  channel.send(encodeFrame(hello))
  commands.forEach((command, number) => {
    channel.send(encodeFrame({ kind: "call", number, leftMs: LEFT_MS, what, body: encodeCommand(command) }))
  })
  await until("each is answered", () => heard.size === commands.length)
  channel.close()
  return commands.map((_, number) => heard.get(number) as Answer)
}

/** All by which whoever can read the state could end or take over what a session of another host holds. */
function harms({ id: session, host, boot, attachment, secretHash }: Session, token: number): readonly Command[] {
  const request = { session, seq: 1, floor: 0 }
  return [
    { kind: "release", ...request, seq: 1000, token } as Command,
    { kind: "cancel", ...request },
    { kind: "transfer", ...request, seq: 1001, token, to: undefined } as Command,
    { kind: "detach", session, boot, attachment },
    { kind: "end", session, of: { boot, attachment }, cause: "exited", isGone: true },
    { kind: "end", session, of: undefined, cause: "closed", isGone: false },
    { kind: "attach", session, host, boot: boot + 1, attachment: attachment + 1, secretHash },
    { kind: "endHost", host, boot, isGone: true },
    { kind: "renewHosts", items: [{ host, boot: boot + 1, attempt: 1 }] },
  ]
}

async function sealedAgent(t: Test): Promise<{ readonly daemon: Daemon; readonly socket: string }> {
  const directory = temporaryDirectory(t)
  const path = join(directory, "join.key")
  writeFileSync(path, SECRET, { mode: 0o600 })
  const daemon = await agentIn(directory, "a").start("--bootstrap", "--join-key-file", path)
  return { daemon, socket: join(directory, "a-a.sock") }
}

test("whoever has the join secret ends and takes over nothing that the sessions of another host hold", async (t) => {
  const { daemon, socket } = await sealedAgent(t)
  await using client = await connect({ socket, ttlMs: TTL_MS })
  const lock = await client.lock("held")
  const insider = await openSealed({ secret: SECRET, cluster: "default" })
  t.teardown(() => insider.links.close())
  const sessions = (): readonly Session[] => [...(daemon.host.consensus.state.local()?.state.sessions() ?? [])]
  const [before] = sessions()
  if (before === undefined) throw new Error("there is a session")
  const commands = harms(before, Number(lock.token))
  for (const what of [WHAT.propose, WHAT.relieve, WHAT.proposeHere, WHAT.relieveHere]) {
    for (const [index, answer] of (await ask(insider, daemon, what, commands)).entries()) {
      const isRefused = answer === "not proposed" || answer.result.kind === "refused"
      t.ok(isRefused, `${commands[index]?.kind} by call ${what}: ${JSON.stringify(answer)}`)
    }
  }
  t.same(sessions(), [before])
  t.notOk(lock.signal.aborted)
  lock.assertHeld()
  const own = insider.id as NodeId
  const hash = new Uint8Array(32).fill(7)
  const about = { ttlMs: 10_000, liveness: "heartbeat", member: "insider", app: "", pid: undefined } as const
  const at = { session: insider.id as string as Session["id"], boot: 1, attachment: 1 }
  const open: Command = { kind: "open", ...at, ...about, secretHash: hash, host: own }
  const end: Command = { kind: "end", session: at.session, of: undefined, cause: "closed", isGone: false }
  t.match(await ask(insider, daemon, WHAT.propose, [open]), [{ result: { kind: "attached" } }], "its own it may open")
  t.match(await ask(insider, daemon, WHAT.relieve, [end]), [{ result: { kind: "done" } }], "and end")
  await lock.release()
  await daemon.close("restart")
})
