import { type SpawnSyncReturns, spawnSync } from "node:child_process"
import { type Child, listeningOrExit, startChild } from "./child.ts"
import type { Driver, MemberSpec, Running } from "./driver.ts"
import type { Observation } from "./observation.ts"
import { readSerfLine, readSerfVersion } from "./serf-log.ts"

const SERF_PORT = 7946
const SERF_RPC_PORT = 7373

/** Why a peer cannot be measured, with what to do about it. */
export class PeerMissingError extends Error {
  override name = "PeerMissingError"
}

/** Finds the Serf binary: `SERF_BIN`, else `serf` on the PATH. Throws `PeerMissingError`. */
export function serfDriver(env: NodeJS.ProcessEnv): Driver {
  const binary = env["SERF_BIN"] || "serf"
  const asked = spawnSync(binary, ["version"], { encoding: "utf8", timeout: 10_000 })
  const version = asked.status === 0 ? readSerfVersion(asked.stdout) : undefined
  if (version === undefined) {
    throw new PeerMissingError(
      `cannot measure against serf: ${whyNot(binary, asked)}.\n` +
        "Next: apt-get install serf   (or point SERF_BIN at a newer binary, built by\n" +
        "      go install github.com/hashicorp/serf/cmd/serf@latest)",
    )
  }
  return {
    name: "serf",
    version,
    profile: "lan",
    tellsSuspicion: false,
    startsTogether: false,
    launch: (member, observe) => launchSerf(binary, member, observe),
  }
}

function whyNot(binary: string, asked: SpawnSyncReturns<string>): string {
  const missing = asked.error !== undefined && "code" in asked.error && asked.error.code === "ENOENT"
  if (missing) return binary.includes("/") ? `there is no ${binary}` : `there is no ${binary} on the PATH`
  return asked.error?.message ?? `"${binary} version" answered ${JSON.stringify(asked.stdout)}`
}

function launchSerf(binary: string, member: MemberSpec, observe: (line: Observation) => void): Running {
  let observing = true
  let listening = (): void => undefined
  const onLine = (text: string): void => {
    const atMs = performance.now()
    const line = readSerfLine(text)
    if (line?.kind === "running") listening()
    if (line?.kind === "member" && observing) {
      const { subject, verdict } = line
      observe({ atMs, observer: member.name, subject, verdict, initial: false })
    }
  }
  const child: Child = startChild([binary, ...serfArguments(member)], onLine)
  const ready = listeningOrExit(child, `serf agent ${member.name}`)
  listening = ready.listening
  return {
    pid: child.pid,
    listening: ready.promise,
    exited: child.exited,
    socket: undefined,
    unobserve: () => {
      observing = false
    },
  }
}

function serfArguments(member: MemberSpec): string[] {
  const join = member.seedHost === undefined ? [] : [`-join=${member.seedHost}:${SERF_PORT}`]
  return [
    "agent",
    `-node=${member.name}`,
    `-bind=${member.host}:${SERF_PORT}`,
    `-rpc-addr=${member.host}:${SERF_RPC_PORT}`,
    "-profile=lan",
    "-log-level=info",
    ...join,
  ]
}
