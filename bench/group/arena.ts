import { Random } from "@conclave/base"
import type { BenchContext } from "../context.ts"
import { Fleet } from "../fleet/fleet.ts"
import { LoadProgram } from "./load-program.ts"
import { type GroupSystem, SERVERS } from "./system.ts"

/** What users of both systems have by default or are told to use; it only counts where a host or application dies. */
export const TTL_MS = 10_000

/** A system's servers at work. Those of all systems stand side by side and take turns, run by run. */
export interface Arena {
  readonly system: GroupSystem
  readonly fleet: Fleet
  /** Those that vote. */
  readonly servers: readonly string[]
}

/** Starts `agents` of ours and three servers of every peer; all are closed when `use` is done. */
export async function inArenas(
  context: BenchContext,
  agents: number,
  use: (arenas: readonly Arena[]) => Promise<void>,
): Promise<void> {
  const arenas: Arena[] = []
  try {
    for (const [index, system] of context.groups.entries()) {
      const n = index === 0 ? agents : SERVERS
      context.progress(`starting ${n} × ${system.driver.name}`)
      const history = context.history.of(system.driver.name)
      const fleet = new Fleet(system.driver, n, new Random(context.plan.seed + index), history)
      arenas.push({ system, fleet, servers: fleet.names.slice(0, SERVERS) })
      await fleet.start()
      fleet.unobserve()
      await system.ripen(fleet)
    }
    await use(arenas)
  } finally {
    for (const { fleet } of arenas) await fleet.close()
  }
}

/** Starts applications of one server. */
export function startLoad({ system, fleet }: Arena, server: string, name: string): LoadProgram {
  return new LoadProgram(system.loadCommand(fleet, server), { name, server })
}

/** Shares sessions out over the programs. */
export async function openSessions(programs: readonly LoadProgram[], sessions: number): Promise<void> {
  await Promise.all(
    programs.map((program, index) =>
      program.order({ do: "open", count: share(sessions, index, programs.length), ttlMs: TTL_MS }),
    ),
  )
}

/** How much of a whole falls to one of several. */
export function share(whole: number, index: number, parts: number): number {
  return Math.floor(whole / parts) + (index < whole % parts ? 1 : 0)
}

/** Runs `use` with one program of applications at each of these servers, and ends them. */
export async function withLoad<T>(
  arena: Arena,
  servers: readonly string[],
  use: (programs: readonly LoadProgram[]) => Promise<T>,
): Promise<T> {
  const programs = servers.map((server) => startLoad(arena, server, `app-${server}`))
  try {
    return await use(programs)
  } finally {
    await Promise.all(programs.map((program) => program.kill()))
  }
}
