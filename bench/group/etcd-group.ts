import { spawnSync } from "node:child_process"
import { fileURLToPath } from "node:url"
import { ETCD_CLIENT_PORT, etcdDriver } from "../fleet/etcd.ts"
import type { Fleet } from "../fleet/fleet.ts"
import type { GroupSystem } from "./system.ts"

const LOAD_SOURCE = fileURLToPath(new URL("../../peers/etcd", import.meta.url))
const LOAD = fileURLToPath(new URL("../etcd-load", import.meta.url))
const BUILD_LIMIT_MS = 600_000
const ASK_LIMIT_MS = 2_000

/**
 * Three etcd servers, with applications that are written in Go over etcd's own client and its own recipes: a client of
 * ours in front of its JSON gateway would measure that gateway. A text says why there is none.
 */
export function etcdGroup(env: NodeJS.ProcessEnv): GroupSystem | string {
  const driver = etcdDriver(env)
  if (typeof driver === "string") return driver
  const built = spawnSync("go", ["build", "-buildvcs=false", "-o", LOAD, "."], {
    cwd: LOAD_SOURCE,
    encoding: "utf8",
    timeout: BUILD_LIMIT_MS,
  })
  if (built.status !== 0)
    return `its client in bench/peers/etcd does not build: ${built.error?.message ?? built.stderr}`
  return {
    driver,
    // A server says that it listens when the group has a leader and it follows.
    ripen: async () => undefined,
    leader,
    transfer,
    loadCommand: (fleet, server) => [LOAD, `${fleet.member(server).host}:${ETCD_CLIENT_PORT}`],
  }
}

/** As much of a status as a bench reads; ids are decimal text. */
interface Status {
  readonly header: { readonly member_id: string }
  readonly leader?: string
  readonly raftTerm: string
}

/** Of every fleet, which server has which id: one that is away cannot tell it. */
const serversOf = new WeakMap<Fleet, Map<string, string>>()

async function leader(fleet: Fleet, among: readonly string[]): Promise<string | undefined> {
  const servers = serversOf.get(fleet) ?? new Map<string, string>()
  serversOf.set(fleet, servers)
  const asked = servers.size < fleet.names.length ? fleet.names : among
  const told = await Promise.all(asked.map((name) => statusOf(fleet, name)))
  for (const [index, status] of told.entries()) {
    if (status !== undefined) servers.set(status.header.member_id, asked[index] ?? "")
  }
  const known = told.filter((each) => each?.leader !== undefined && each.leader !== "0")
  const newest = known.sort((a, b) => Number(BigInt(b?.raftTerm ?? 0) - BigInt(a?.raftTerm ?? 0)))[0]
  return newest?.leader === undefined ? undefined : servers.get(newest.leader)
}

async function transfer(fleet: Fleet): Promise<void> {
  const now = await leader(fleet, fleet.names)
  const heir = fleet.names.find((name) => name !== now)
  const target = [...(serversOf.get(fleet) ?? [])].find(([, name]) => name === heir)?.[0]
  if (now === undefined || target === undefined) throw new Error("nobody leads who could hand over")
  await call(fleet, now, "/v3/maintenance/transfer-leadership", { targetID: target })
}

async function statusOf(fleet: Fleet, name: string): Promise<Status | undefined> {
  try {
    return (await call(fleet, name, "/v3/maintenance/status", {})) as Status
  } catch {
    // It is being killed, stopped or started.
    return undefined
  }
}

async function call(fleet: Fleet, name: string, path: string, body: object): Promise<unknown> {
  const response = await fetch(`http://${fleet.member(name).host}:${ETCD_CLIENT_PORT}${path}`, {
    method: "POST",
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(ASK_LIMIT_MS),
  })
  if (!response.ok) throw new Error(`etcd ${name}: ${path} answered ${response.status}: ${await response.text()}`)
  return await response.json()
}
