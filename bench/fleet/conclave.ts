import { writeFileSync } from "node:fs"
import { get } from "node:http"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { VERSION } from "conclave/version"
import { listeningOrExit, startChild } from "./child.ts"
import type { Driver, MemberSpec, Running } from "./driver.ts"
import { LineSplitter } from "./line-splitter.ts"
import type { Observation } from "./observation.ts"
import { readWatchLine } from "./watch-line.ts"

const AGENT_PORT = 7951
const LAUNCHER = fileURLToPath(new URL("../../../agent/bin/conclave.mjs", import.meta.url))

export interface AgentKind {
  readonly founds?: boolean
  /** They have a gossip key and a join secret. */
  readonly isSealed?: boolean
}

/**
 * Runs our own agents: the launcher and bundle that users run, with defaults. The first one of a fleet that `founds`
 * has `--bootstrap`: without it no fleet has a group that agrees.
 */
export function conclaveDriver({ founds = false, isSealed = false }: AgentKind = {}): Driver {
  return {
    name: isSealed ? "conclave-sealed" : "conclave",
    version: VERSION,
    profile: "lan",
    tellsSuspicion: true,
    startsTogether: false,
    launch: (member, observe) =>
      launchAgent(member, observe, { founds: founds && member.seedHost === undefined, isSealed }),
  }
}

/** Where operators speak to an agent. */
export function adminSocketOf(member: MemberSpec): string {
  return join(member.directory, "a")
}

function launchAgent(member: MemberSpec, observe: (line: Observation) => void, kind: AgentKind): Running {
  const socket = join(member.directory, "s")
  const over = new AbortController()
  let listening = (): void => undefined
  const onLine = (text: string): void => {
    if (!text.includes('"agent.ready"')) return
    listening()
    watchMembers(socket, member.name, observe, over.signal)
  }
  const founding = kind.founds === true ? ["--bootstrap"] : []
  const child = startChild(
    [LAUNCHER, ...agentArguments(member, socket), ...encryption(member, kind), ...founding],
    onLine,
  )
  const ready = listeningOrExit(child, `agent ${member.name}`)
  listening = ready.listening
  void child.exited.then(() => over.abort())
  return {
    pid: child.pid,
    listening: ready.promise,
    exited: child.exited,
    socket,
    unobserve: () => over.abort(),
  }
}

function agentArguments(member: MemberSpec, socket: string): string[] {
  const join = member.seedHost === undefined ? [] : ["--join", `${member.seedHost}:${AGENT_PORT}`]
  return [
    "agent",
    ...["--config", "/dev/null"],
    ...["--name", member.name],
    ...["--bind", `${member.host}:${AGENT_PORT}`],
    ...["--data-dir", `${member.directory}/data`],
    ...["--socket", socket],
    ...["--admin-socket", adminSocketOf(member)],
    ...["--http-addr", "off"],
    ...["--log-level", "warn"],
    ...["--log-format", "json"],
    ...join,
  ]
}

/** Each member has files of its own with the secrets that all have. */
function encryption({ directory }: MemberSpec, { isSealed }: AgentKind): string[] {
  if (isSealed !== true) return ["--insecure"]
  const [gossip, join] = [`${directory}/gossip.key`, `${directory}/join.key`]
  writeFileSync(gossip, `${Buffer.alloc(32, "bench").toString("base64")}\n`, { mode: 0o600 })
  writeFileSync(join, "a secret that all members of a bench have\n", { mode: 0o600 })
  return ["--gossip-key-file", gossip, "--join-key-file", join]
}

/** One NDJSON watch, from the agent's first answer to its end. */
function watchMembers(
  socketPath: string,
  observer: string,
  observe: (line: Observation) => void,
  signal: AbortSignal,
): void {
  const lines = new LineSplitter()
  const request = get({ socketPath, path: "/v1/watch/members", signal, agent: false }, (response) => {
    response.setEncoding("utf8").on("error", () => undefined)
    response.on("data", (chunk: string) => {
      const atMs = performance.now()
      for (const text of lines.push(chunk)) {
        if (text === "") continue
        for (const line of readWatchLine(text, observer, atMs)) observe(line)
      }
    })
  })
  // The agent was killed on purpose, or the fleet closes.
  request.on("error", () => undefined)
}
