import { spawnSync } from "node:child_process"
import { join } from "node:path"
import { listeningOrExit, startChild } from "./child.ts"
import type { Driver, MemberSpec, Running } from "./driver.ts"

export const ETCD_CLIENT_PORT = 2379
const ETCD_PEER_PORT = 2380

/** Finds the etcd binary: `ETCD_BIN`, else `etcd` on the PATH; a text says why there is none. */
export function etcdDriver(env: NodeJS.ProcessEnv): Driver | string {
  const binary = env["ETCD_BIN"] || "etcd"
  const asked = spawnSync(binary, ["--version"], { encoding: "utf8", timeout: 10_000 })
  const version = asked.status === 0 ? readEtcdVersion(asked.stdout) : undefined
  if (version === undefined) {
    const why = asked.error?.message ?? `"${binary} --version" answered ${JSON.stringify(asked.stdout)}`
    return `${why} (next: apt-get install etcd-server, or point ETCD_BIN at a newer binary)`
  }
  return {
    name: "etcd",
    version,
    profile: "default",
    tellsSuspicion: false,
    startsTogether: true,
    launch: (member) => launchEtcd(binary, member),
  }
}

/** The version in the output of `etcd --version`. */
export function readEtcdVersion(output: string): string | undefined {
  return /^etcd Version: (\d+\.\d+\.\d+\S*)/m.exec(output)?.[1]
}

function launchEtcd(binary: string, member: MemberSpec): Running {
  let listening = (): void => undefined
  const onLine = (line: string): void => {
    if (line.includes("ready to serve client requests")) listening()
  }
  const child = startChild([binary, ...etcdArguments(member)], onLine)
  const ready = listeningOrExit(child, `etcd ${member.name}`)
  listening = ready.listening
  const { promise } = ready
  return { pid: child.pid, listening: promise, exited: child.exited, socket: undefined, unobserve: () => undefined }
}

/** Addresses alone: heartbeat, election timeout and durability are etcd's defaults. */
function etcdArguments(member: MemberSpec): string[] {
  const peer = (host: string): string => `http://${host}:${ETCD_PEER_PORT}`
  const clients = `http://${member.host}:${ETCD_CLIENT_PORT}`
  return [
    `--name=${member.name}`,
    `--data-dir=${join(member.directory, "data")}`,
    `--listen-peer-urls=${peer(member.host)}`,
    `--initial-advertise-peer-urls=${peer(member.host)}`,
    `--listen-client-urls=${clients}`,
    `--advertise-client-urls=${clients}`,
    `--initial-cluster=${member.fleet.map(({ name, host }) => `${name}=${peer(host)}`).join(",")}`,
    "--log-outputs=stdout",
  ]
}
