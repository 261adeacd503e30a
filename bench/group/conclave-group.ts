import { fileURLToPath } from "node:url"
import { type Client, ConclaveError, connect } from "@conclave/sdk"
import type { RaftStatus } from "@conclave/sdk/wire.gen"
import { type AgentKind, adminSocketOf, conclaveDriver } from "../fleet/conclave.ts"
import type { Fleet } from "../fleet/fleet.ts"
import { pauseFor } from "../runs/pause.ts"
import { type GroupSystem, SERVERS } from "./system.ts"

const LOAD = fileURLToPath(new URL("../load/main.js", import.meta.url))
const RIPEN_LIMIT_MS = 120_000
const ASK_LIMIT_MS = 2_000
const AGAIN_MS = 50

/** Our agents: the first three vote, others forward to them. */
export function conclaveGroup(kind: Omit<AgentKind, "founds"> = {}): GroupSystem {
  return { driver: conclaveDriver({ founds: true, ...kind }), ripen, leader, transfer, loadCommand }
}

/** An operator's `raft add`: the planner of profile `lan` waits for a minute of uptime before it trusts a host. */
async function ripen(fleet: Fleet): Promise<void> {
  const servers = fleet.names.slice(0, SERVERS)
  const deadlineMs = performance.now() + RIPEN_LIMIT_MS
  while (!(await isRipe(fleet, servers))) {
    if (performance.now() > deadlineMs) throw new Error(`${SERVERS} servers do not vote after ${RIPEN_LIMIT_MS} ms`)
    await pauseFor(AGAIN_MS)
  }
}

/** Adds whoever has no vote yet, where that can be done now. */
async function isRipe(fleet: Fleet, servers: readonly string[]): Promise<boolean> {
  const now = await leader(fleet, servers)
  if (now === undefined) return false
  try {
    return await withAdmin(fleet, now, async (admin) => {
      const { items } = await admin.request("raft.status", {})
      const voters = items.filter(({ role }) => role !== "learner")
      for (const name of servers) {
        if (!voters.some((voter) => voter.name === name)) await admin.request("raft.add", { name })
      }
      return voters.filter(({ up }) => up).length >= servers.length
    })
  } catch (error) {
    // A member that has only just joined offers no seat yet, and a new leader is not ready for a change.
    if (ConclaveError.is(error)) return false
    throw error
  }
}

async function leader(fleet: Fleet, among: readonly string[]): Promise<string | undefined> {
  const told = await Promise.all(among.map((name) => statusOf(fleet, name)))
  const known = told.filter((each) => each !== undefined && each.leader !== null)
  return known.sort((a, b) => Number((b?.term ?? 0n) - (a?.term ?? 0n)))[0]?.leader ?? undefined
}

async function statusOf(fleet: Fleet, name: string): Promise<RaftStatus | undefined> {
  try {
    return await withAdmin(fleet, name, (admin) => admin.request("raft.status", {}, { timeoutMs: ASK_LIMIT_MS }))
  } catch (error) {
    // It is being killed, stopped or started.
    if (ConclaveError.is(error)) return undefined
    throw error
  }
}

async function transfer(fleet: Fleet): Promise<void> {
  const now = await leader(fleet, fleet.names.slice(0, SERVERS))
  if (now === undefined) throw new Error("nobody leads who could hand over")
  await withAdmin(fleet, now, (admin) => admin.request("raft.transfer", {}))
}

async function withAdmin<T>(fleet: Fleet, name: string, use: (admin: Client) => Promise<T>): Promise<T> {
  const admin = await connect({ socket: adminSocketOf(fleet.member(name)), name: "bench", waitMs: ASK_LIMIT_MS })
  try {
    return await use(admin)
  } finally {
    await admin.close()
  }
}

function loadCommand(fleet: Fleet, server: string): readonly string[] {
  const { socket } = fleet.running(server)
  if (socket === undefined) throw new RangeError(`${server} has no socket for applications`)
  return [process.execPath, LOAD, socket]
}
